package io.octavialb.kubernetes;

import io.octavialb.model.Notice;
import io.octavialb.model.kubernetes.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was said about each Service, by UID, so that a change is reported once and not at each drift pass.
 *
 * <p>Lost with the process, which at worst repeats an event.
 */
final class PassHistory {
    private final Map<String, Said> said = new ConcurrentHashMap<>();
    private final Map<String, String> contested = new ConcurrentHashMap<>();

    /**
     * @param inputs those of the last pass
     * @param nodes version of the nodes that the load balancer was last right for; -1: not yet for these inputs
     * @param announced whether people were told that work on these inputs has begun, but not yet that it is done
     * @param notices those of the last pass
     */
    private record Said(Inputs inputs, long nodes, boolean announced, List<Notice> notices) {}

    /** What is different from the last pass over the same Service. */
    record Change(boolean newInputs, boolean firstSeen, boolean onlyNodes) {}

    Change change(Service service, long nodes) {
        Said before = said.get(service.uid());
        if (before == null) {
            return new Change(true, true, false);
        }
        boolean newInputs = !before.inputs().equals(Inputs.of(service));
        return new Change(newInputs, false, !newInputs && before.nodes() >= 0 && before.nodes() != nodes);
    }

    /** Notes that a pass over the Service begins. */
    void begun(Service service) {
        Inputs inputs = Inputs.of(service);
        said.compute(
                service.uid(),
                (_, before) -> before != null && before.inputs().equals(inputs)
                        ? before
                        : new Said(inputs, -1, false, List.of()));
    }

    /** Those notices that were not given at the last pass. */
    List<Notice> fresh(Service service, List<Notice> notices) {
        List<Notice> known = before(service).notices();
        return notices.stream()
                .distinct()
                .filter(notice -> !known.contains(notice))
                .toList();
    }

    void noticed(Service service, List<Notice> notices) {
        Said before = before(service);
        said.put(service.uid(), new Said(before.inputs(), before.nodes(), before.announced(), List.copyOf(notices)));
    }

    void announced(Service service) {
        Said before = before(service);
        said.put(service.uid(), new Said(before.inputs(), before.nodes(), true, before.notices()));
    }

    /** Whether {@link #announced} came after the last {@link #converged}, for the same inputs. */
    boolean isAnnounced(Service service) {
        return before(service).announced();
    }

    void converged(Service service, long nodes) {
        Said before = before(service);
        said.put(service.uid(), new Said(before.inputs(), nodes, false, before.notices()));
    }

    /** True for the first contested pass, and when another manager turns up. */
    boolean contested(String uid, String manager) {
        return !manager.equals(contested.put(uid, manager));
    }

    void uncontested(String uid) {
        contested.remove(uid);
    }

    void forget(String uid) {
        said.remove(uid);
        contested.remove(uid);
    }

    private Said before(Service service) {
        Said before = said.get(service.uid());
        return before == null ? new Said(Inputs.of(service), -1, false, List.of()) : before;
    }
}
