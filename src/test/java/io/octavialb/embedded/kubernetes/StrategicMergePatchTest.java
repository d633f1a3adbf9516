package io.octavialb.embedded.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"b":1,"c":2}}           | {"a":{"b":null}}                          | {"a":{"c":2}}
            {"a":{"b":1}}                 | {"a":{"$patch":"replace","c":2}}          | {"a":{"c":2}}
            {"a":{"b":1}}                 | {"a":{"$patch":"delete"}}                 | {"a":{}}
            {"a":{"b":1,"c":2}}           | {"a":{"$retainKeys":["c"],"c":3}}         | {"a":{"c":3}}
            {"spec":{"x":[1]}}            | {"spec":{"x":[2]}}                        | {"spec":{"x":[2]}}
            {"spec":{"ports":[{"port":1,"name":"a"}]}} | {"spec":{"ports":[{"port":1,"name":"b"}]}} | {"spec":{"ports":[{"port":1,"name":"b"}]}}
            {"spec":{"ports":[{"port":1}]}} | {"spec":{"ports":[{"port":2}]}} | {"spec":{"ports":[{"port":1},{"port":2}]}}
            {"spec":{"ports":[{"port":1},{"port":2}]}} | {"spec":{"ports":[{"port":1,"$patch":"delete"}]}} | {"spec":{"ports":[{"port":2}]}}
            {"spec":{"ports":[{"port":1},{"port":2}]}} | {"spec":{"ports":[{"$patch":"replace"},{"port":3}]}} | {"spec":{"ports":[{"port":3}]}}
            {"spec":{"ports":[{"port":1},{"port":2}]}} | {"spec":{"$setElementOrder/ports":[{"port":2},{"port":1}]}} | {"spec":{"ports":[{"port":2},{"port":1}]}}
            {"spec":{}}                   | {"spec":{"$setElementOrder/ports":[{"port":2}]}} | {"spec":{}}
            {"metadata":{"finalizers":["a"]}} | {"metadata":{"finalizers":["b"]}}     | {"metadata":{"finalizers":["a","b"]}}
            {"metadata":{"finalizers":["a","b"]}} | {"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}} | {"metadata":{"finalizers":["b"]}}
            {"status":{"conditions":[{"type":"R","status":"F"}]}} | {"status":{"conditions":[{"type":"R","status":"T"}]}} | {"status":{"conditions":[{"type":"R","status":"T"}]}}
            """)
    void merges(String object, String patch, String result) {
        assertThat(new StrategicMergePatch("Service").apply(Json.stored(object), Json.stored(patch)))
                .isEqualTo(Json.stored(result));
    }
}
