package io.octavialb.crash;

/** Decides about every request of a controller; asked from several threads, one at a time. */
interface Script {
    Script NOTHING_HAPPENS = _ -> Treatment.ANSWERED;

    Treatment treat(Call call);

    /** Whether the controller is stopped: nothing that it sends arrives any more. */
    default boolean stopped() {
        return false;
    }

    /** Told after each pass; whoever makes trouble for a while ends it by that. */
    default void passEnded() {}
}
