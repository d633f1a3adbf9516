package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldManagersTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private static Service service(String manager, String time, String fields) {
        return Serialization.unmarshal("""
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "managedFields": [
                  {"manager": "%s", "operation": "Update", "time": "%s", "fieldsType": "FieldsV1", "fieldsV1": %s}]}}
                """.formatted(manager, time, fields.replace('\'', '"')), Service.class);
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
        assertThat(FieldManagers.foreignSince(service, START).isPresent()).isEqualTo(foreign);
        FieldManagers.foreignSince(service, START)
                .ifPresent(other -> assertThat(other.contestedFor(Duration.ofMinutes(10), START.plusSeconds(65)))
                        .isEqualTo(Duration.ofMinutes(9)));
    }
}
