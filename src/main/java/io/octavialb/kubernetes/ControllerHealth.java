package io.octavialb.kubernetes;

/**
 * How the controller is doing, for the kubelet's probes.
 *
 * @param started whether {@code start()} came to its end: it works, or stands by for the Lease
 * @param leading whether this replica works
 * @param watching whether the watches on Services, Nodes and load balancers are alive; true while standing by
 */
public record ControllerHealth(boolean started, boolean leading, boolean watching) {
    /** A replica that lost a watch for good must be restarted. */
    public boolean live() {
        return watching;
    }

    /** A replica that stands by is ready: it could take over. */
    public boolean ready() {
        return started && watching;
    }
}
