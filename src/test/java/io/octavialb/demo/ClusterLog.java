package io.octavialb.demo;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.octavialb.demo.Screen.Tone;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Shows what happens in the cluster: nodes that come and go, Services and their addresses, events. */
final class ClusterLog implements AutoCloseable {
    private final Screen screen;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final Map<String, String> eventsSeen = new ConcurrentHashMap<>();
    private final List<Watch> watches;

    ClusterLog(KubernetesClient client, Screen screen) {
        this.screen = screen;
        watches = List.of(
                client.nodes().watch(new Told<Node>(this::node)),
                client.services().inAnyNamespace().watch(new Told<Service>(this::service)),
                client.v1().events().inAnyNamespace().watch(new Told<Event>(this::event)));
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private record Told<T>(BiConsumer<Watcher.Action, T> change) implements Watcher<T> {
        @Override
        public void eventReceived(Action action, T resource) {
            change.accept(action, resource);
        }

        @Override
        public void onClose(WatcherException cause) {
            // Nothing more is shown of these; the controller's own watches are not these.
        }
    }

    private void node(Watcher.Action action, Node node) {
        switch (action) {
            case ADDED -> say("node " + name(node) + " is there");
            case DELETED -> say("node " + name(node) + " is gone");
            case MODIFIED, ERROR, BOOKMARK -> {}
        }
    }

    private void service(Watcher.Action action, Service service) {
        String name = "service " + service.getMetadata().getNamespace() + "/" + name(service);
        switch (action) {
            case ADDED -> {
                say(name + " is created");
                address(name, service);
            }
            case MODIFIED -> {
                address(name, service);
                if (service.getMetadata().getDeletionTimestamp() != null) {
                    once(name + " is being deleted");
                }
            }
            case DELETED -> say(name + " is gone");
            case ERROR, BOOKMARK -> {}
        }
    }

    private void address(String name, Service service) {
        String address = DemoCluster.address(service);
        if (!address.equals(addresses.put(name, address)) && !address.isEmpty()) {
            say(name + " has the address " + address);
        }
    }

    private void event(Watcher.Action action, Event event) {
        if (action == Watcher.Action.ADDED || action == Watcher.Action.MODIFIED) {
            screen.line(
                    "Warning".equals(event.getType()) ? Tone.DELETED : Tone.CLUSTER,
                    "k event " + event.getType() + " " + event.getReason() + ": " + event.getMessage());
        }
    }

    private void once(String what) {
        if (eventsSeen.put(what, what) == null) {
            say(what);
        }
    }

    private void say(String what) {
        screen.line(Tone.CLUSTER, "k " + what);
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
