package io.octavialb.demo;

import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import java.time.Duration;

/** Shows what the cloud holds whenever it came to rest in another state. */
final class TreeLog implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(100);

    /** Between two steps of a plan the cloud rests for less. */
    private static final int GLANCES_AT_REST = 5;

    private final EmbeddedOpenStack cloud;
    private final Screen screen;
    private final Thread thread;
    private String shown;

    TreeLog(EmbeddedOpenStack cloud, Screen screen) {
        this.cloud = cloud;
        this.screen = screen;
        this.shown = cloud.tree();
        this.thread = Thread.ofVirtual().name("tree-log").start(this::run);
    }

    private void run() {
        String last = "";
        int same = 0;
        try {
            while (true) {
                Thread.sleep(GLANCE);
                String tree = cloud.tree();
                same = tree.equals(last) ? same + 1 : 0;
                last = tree;
                if (same >= GLANCES_AT_REST && !tree.contains("PENDING_")) {
                    show(tree);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows it now, unless it is on the screen already. */
    void show() {
        show(cloud.tree());
    }

    private synchronized void show(String tree) {
        if (!tree.equals(shown)) {
            shown = tree;
            screen.block("the cloud:", tree);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
