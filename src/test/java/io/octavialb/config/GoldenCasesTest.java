package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.GoldenCases.Kind;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every annotation has golden plans; {@code docs/golden-cases.md} lists them. */
class GoldenCasesTest {
    /** The controller writes them; the cases are those that adopt, find and share. */
    private static final Set<Annotation<?>> WRITTEN = Set.of(
            Annotations.LOAD_BALANCER_ID,
            Annotations.LOAD_BALANCER_ADDRESS,
            Annotations.LOAD_BALANCER_VIP_ADDRESS,
            Annotations.LOAD_BALANCER_RECORD);

    static Stream<Annotation<?>> annotations() {
        return Annotations.ALL.stream().filter(annotation -> !WRITTEN.contains(annotation));
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void isGivenAtCreation(Annotation<?> annotation) {
        assertThat(GoldenCases.of(annotation).get(Kind.CREATE)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void isSetOrChanged(Annotation<?> annotation) {
        assertThat(GoldenCases.of(annotation).get(Kind.CHANGE)).isNotEmpty();
    }

    /** The removal of what is read at creation only is as any other change of it. */
    static Stream<Annotation<?>> updatable() {
        return annotations().filter(Annotation::updatable);
    }

    @ParameterizedTest
    @MethodSource("updatable")
    void isRemoved(Annotation<?> annotation) {
        assertThat(GoldenCases.of(annotation).get(Kind.REMOVAL)).isNotEmpty();
    }
}
