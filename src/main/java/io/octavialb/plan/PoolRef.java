package io.octavialb.plan;

import io.octavialb.model.ListenerKey;

/** A pool that a step refers to: one that exists, or the one that an earlier step of the plan creates. */
public sealed interface PoolRef {
    record Existing(String id) implements PoolRef {
        @Override
        public String toString() {
            return id;
        }
    }

    /** Known by the listener it is made for; has no id before its step was carried out. */
    record New(ListenerKey listener) implements PoolRef {
        @Override
        public String toString() {
            return "the new pool of " + listener;
        }
    }
}
