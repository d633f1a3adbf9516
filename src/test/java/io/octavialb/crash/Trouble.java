package io.octavialb.crash;

import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import org.jspecify.annotations.Nullable;

/** What one {@link Point} says, carried out. */
final class Trouble implements Script {
    private static final int PASSES = 3;
    private static final int TICKS = 3;
    private static final int LATE = 1_000_000;

    private final Point point;
    private final EmbeddedOpenStack cloud;
    private int seen;
    private Call.@Nullable Side struck;
    private int passes;
    private int ticks;
    private boolean stopping;
    private volatile boolean stopped;
    private boolean ended;

    Trouble(Point point, EmbeddedOpenStack cloud) {
        this.point = point;
        this.cloud = cloud;
    }

    /** Whether the point was come to. */
    boolean happened() {
        return struck != null;
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    @Override
    public Treatment treat(Call call) {
        if (stopping) {
            stopped = true;
            return Treatment.CUT;
        }
        boolean here = call.what().equals(point.call()) && ++seen == point.number();
        if (here) {
            struck = call.side();
        }
        return switch (point.mode().kind()) {
            case STOP -> here ? stop() : Treatment.ANSWERED;
            case ONCE -> here ? point.mode().treatment() : Treatment.ANSWERED;
            case WHILE -> call.side() == struck && !ended ? point.mode().treatment() : Treatment.ANSWERED;
            case TOKEN -> {
                if (here) {
                    cloud.revokeTokens();
                }
                yield Treatment.ANSWERED;
            }
            case STUCK -> {
                if (here) {
                    cloud.hold();
                } else if (struck != null && call.isWatch() && ++ticks == TICKS) {
                    cloud.release();
                }
                yield Treatment.ANSWERED;
            }
            case ERROR -> {
                if (here) {
                    cloud.failProvisioning(1);
                }
                yield Treatment.ANSWERED;
            }
        };
    }

    private Treatment stop() {
        if (point.mode() == Mode.LATE) {
            cloud.visibleLate(LATE);
        }
        if (point.mode() == Mode.KEPT) {
            stopping = true;
        } else {
            stopped = true;
        }
        return point.mode().treatment();
    }

    @Override
    public void passEnded() {
        if (struck != null && ++passes == PASSES) {
            ended = true;
            if (point.mode().kind() == Mode.Kind.STUCK) {
                cloud.release();
            }
            if (point.mode().kind() == Mode.Kind.ERROR) {
                cloud.failover();
            }
        }
    }

    /** What the next controller meets: what was created late is there once it has looked. */
    Script aftermath() {
        if (point.mode() != Mode.LATE) {
            return Script.NOTHING_HAPPENS;
        }
        cloud.visibleLate(0);
        return new Script() {
            private int passes;

            @Override
            public Treatment treat(Call call) {
                if (call.what().equals(point.call())) {
                    cloud.reveal();
                }
                return Treatment.ANSWERED;
            }

            @Override
            public void passEnded() {
                if (++passes == PASSES) {
                    cloud.reveal();
                }
            }
        };
    }
}
