package io.octavialb.kubernetes;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.Service;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of a Service that we write: finalizer, our two annotations, {@code status.loadBalancer.ingress}. */
record OwnParts(
        boolean finalizer,
        @Nullable String loadBalancerId,
        @Nullable String address,
        List<Ingress> ingress) {

    OwnParts {
        ingress = List.copyOf(ingress);
    }

    static OwnParts of(Service service) {
        return new OwnParts(
                Responsibility.hasFinalizer(service),
                service.annotations().get(ServiceOptions.LOAD_BALANCER_ID_KEY),
                service.annotations().get(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY),
                service.ingress());
    }

    OwnParts withFinalizer(boolean present) {
        return new OwnParts(present, loadBalancerId, address, ingress);
    }

    OwnParts withAnnotations(@Nullable String id, @Nullable String newAddress) {
        return new OwnParts(finalizer, id, newAddress, ingress);
    }

    OwnParts withIngress(List<Ingress> entries) {
        return new OwnParts(finalizer, loadBalancerId, address, entries);
    }

    /** Whether an API server that was sent these parts may have kept those. */
    boolean keptAs(OwnParts kept) {
        return finalizer == kept.finalizer
                && Objects.equals(loadBalancerId, kept.loadBalancerId)
                && Objects.equals(address, kept.address)
                && keptAs(ingress, kept.ingress);
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
