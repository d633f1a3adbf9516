package io.octavialb.embedded.openstack;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of {@code wiremock-stubs/faults} that are in force, each for all or for so many requests that match. */
final class ActiveFaults {
    private final List<ActiveFault> active = new CopyOnWriteArrayList<>();

    private record ActiveFault(StubMapping stub, AtomicInteger left) {
        boolean strikes(Request request) {
            return stub.getRequest().match(request).isExactMatch() && left.getAndUpdate(it -> Math.max(0, it - 1)) > 0;
        }
    }

    /** Puts the fault of {@code faults/NAME.json} in force for so many requests. */
    void add(String name, int times) {
        StubMapping stub = StubMapping.buildFrom(
                StubFiles.read(StubFiles.ROOT.resolve("faults").resolve(name + ".json"))
                        .toString());
        active.add(new ActiveFault(stub, new AtomicInteger(times)));
    }

    void clear() {
        active.clear();
    }

    /** The fault that strikes this request, if one does; it counts as used. */
    Optional<StubMapping> strike(Request request) {
        return active.stream()
                .filter(fault -> fault.strikes(request))
                .map(ActiveFault::stub)
                .findFirst();
    }

    /** Whether the cloud does its work before the answer is spoilt. */
    static boolean worksFirst(StubMapping fault) {
        return fault.getMetadata() != null && "done".equals(fault.getMetadata().getString("work", "none"));
    }
}
