package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.octavialb.kubernetes.FieldManager.Writer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldManagerTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private static Service service(String manager, String time, String fields) {
        return Serialization.unmarshal("""
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "managedFields": [
                  {"manager": "%s", "operation": "Update", "time": "%s", "fieldsType": "FieldsV1", "fieldsV1": %s}]}}
                """.formatted(manager, time, fields.replace('\'', '"')), Service.class);
    }

    @Test
    void nameCarriesTheClass() {
        assertThat(FieldManager.of(null).name()).isEqualTo("octavia-lb-controller");
        assertThat(FieldManager.of("example.com/lb").name()).isEqualTo("octavia-lb-controller-example.com/lb");
        String longest = "example.com/" + "x".repeat(200);
        assertThat(FieldManager.of(longest + "a").name())
                .hasSize(128)
                .isNotEqualTo(FieldManager.of(longest + "b").name());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, octavia-lb-controller, THIS_CLASS",
                "-, octavia-lb-controller-x, OTHER_CLASS",
                "x, octavia-lb-controller, OTHER_CLASS",
                "x, octavia-lb-controller-x, THIS_CLASS",
                "x, occm, NONE_OF_US",
            })
    void writerIsKnownByItsClass(@Nullable String served, String manager, Writer writer) {
        Service service = service(manager, "2026-01-01T12:00:05Z", "{'f:status': {'f:loadBalancer': {}}}");
        assertThat(FieldManager.of(served).writer(service)).isEqualTo(writer);
        Service spec = service(manager, "2026-01-01T12:00:05Z", "{'f:spec': {}}");
        assertThat(FieldManager.of(served).writer(spec)).isEqualTo(Writer.NONE_OF_US);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "occm | 12:00:05 | {'f:status': {'f:loadBalancer': {'f:ingress': {}}}} | true",
                "occm | 11:59:59 | {'f:status': {'f:loadBalancer': {'f:ingress': {}}}} | false",
                "octavia-lb-controller | 12:00:05 | {'f:status': {'f:loadBalancer': {}}} | false",
                "kubectl-edit | 12:00:05 | {'f:status': {'f:loadBalancer': {}}} | false",
                "occm | 12:00:05 | {'f:status': {'f:conditions': {}}} | false",
                "occm | 12:00:05 | {'f:metadata': {'f:finalizers': {'v:\\'service.kubernetes.io/load-balancer-cleanup\\'': {}}}} | true",
                "occm | 12:00:05 | {'f:metadata': {'f:finalizers': {'v:\\'example.com/x\\'': {}}}} | false",
                "occm | 12:00:05 | {'f:metadata': {'f:annotations': {'f:loadbalancer.openstack.org/load-balancer-id': {}}}} | true",
                "helm | 12:00:05 | {'f:spec': {}, 'f:metadata': {'f:annotations': {'f:loadbalancer.openstack.org/load-balancer-id': {}}}} | false",
            })
    void foreignServiceControllersAreKnownByWhatTheyWriteAfterOurStart(
            String manager, String time, String fields, boolean foreign) {
        Service service = service(manager, "2026-01-01T" + time + "Z", fields);
        assertThat(FieldManager.of(null).foreignSince(service, START).isPresent())
                .isEqualTo(foreign);
        FieldManager.of(null)
                .foreignSince(service, START)
                .ifPresent(other -> assertThat(other.contestedFor(Duration.ofMinutes(10), START.plusSeconds(65)))
                        .isEqualTo(Duration.ofMinutes(9)));
    }
}
