package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.kubernetes.Ingress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of a Service that we write: finalizer, our annotations, {@code status.loadBalancer.ingress}, our condition. */
record OwnParts(
        boolean finalizer,
        @Nullable String loadBalancerId,
        @Nullable String address,
        @Nullable String vipAddress,
        @Nullable String record,
        List<Ingress> ingress,
        @Nullable ReadyCondition condition) {

    OwnParts {
        ingress = List.copyOf(ingress);
    }

    static OwnParts of(Service service) {
        var converted = Conversion.service(service);
        return new OwnParts(
                Responsibility.hasFinalizer(converted),
                converted.annotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY),
                converted.annotations().get(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY),
                converted.annotations().get(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY),
                converted.annotations().get(ServiceOptions.LOAD_BALANCER_RECORD_KEY),
                converted.ingress(),
                ReadyCondition.of(service));
    }

    OwnParts withFinalizer(boolean present) {
        return new OwnParts(present, loadBalancerId, address, vipAddress, record, ingress, condition);
    }

    OwnParts withAnnotations(
            @Nullable String id,
            @Nullable String newAddress,
            @Nullable String newVipAddress,
            @Nullable String newRecord) {
        return new OwnParts(finalizer, id, newAddress, newVipAddress, newRecord, ingress, condition);
    }

    OwnParts withStatus(List<Ingress> entries, @Nullable ReadyCondition newCondition) {
        return new OwnParts(finalizer, loadBalancerId, address, vipAddress, record, entries, newCondition);
    }

    /** Whether an API server that was sent these parts may have kept those: ones before 1.20 keep no conditions. */
    boolean keptAs(OwnParts kept) {
        return finalizer == kept.finalizer
                && Objects.equals(loadBalancerId, kept.loadBalancerId)
                && Objects.equals(address, kept.address)
                && Objects.equals(vipAddress, kept.vipAddress)
                && Objects.equals(record, kept.record)
                && keptAs(ingress, kept.ingress)
                && (kept.condition == null || kept.condition.equals(condition));
    }

    /** Whether an API server that was sent {@code wanted} may have kept {@code kept}: old ones drop {@code ipMode}. */
    static boolean keptAs(List<Ingress> wanted, List<Ingress> kept) {
        if (wanted.size() != kept.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            Ingress want = wanted.get(i);
            Ingress have = kept.get(i);
            if (!Objects.equals(want.ip(), have.ip())
                    || !Objects.equals(want.hostname(), have.hostname())
                    || (have.ipMode() != null && !have.ipMode().equals(want.ipMode()))) {
                return false;
            }
        }
        return true;
    }
}
