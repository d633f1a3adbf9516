package io.octavialb.netns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A machine of the rig. */
final class Host {
    private final String name;
    private final int number;
    private final Rig rig;
    private final NetworkNamespace namespace;
    private long mac;
    private long init;

    Host(String name, int number, Rig rig, NetworkNamespace namespace) {
        this.name = name;
        this.number = number;
        this.rig = rig;
        this.namespace = namespace;
    }

    String name() {
        return name;
    }

    int number() {
        return number;
    }

    Rig rig() {
        return rig;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /** Its port on a link's bridge. */
    String port(int link) {
        return name + "-" + link;
    }

    String address(int link) {
        return "10.77." + link + "." + number;
    }

    String linkLocal() {
        return namespace
                .run("ip", "-6", "-o", "addr", "show", "dev", "eth0", "scope", "link")
                .replaceAll("(?s).*inet6 (\\S+)/.*", "$1");
    }

    /** The hardware address of eth0. */
    synchronized long mac() {
        if (mac == 0) {
            mac = Mac.number(namespace.mac("eth0"));
        }
        return mac;
    }

    synchronized void interfaceReplaced() {
        mac = 0;
    }

    /** From now on its programs have process ids of their own, and see no other host's. */
    synchronized void separateProcesses() {
        if (init == 0) {
            Batch first = rig.keep(new Batch(namespace.command(
                    List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "sleep", "infinity"))));
            Await.until("the first process runs", Duration.ofSeconds(10), () -> "", () -> {
                init = first.child();
                return init != 0;
            });
        }
    }

    /** A program's command line when it is to run on this host. */
    synchronized List<String> command(List<String> words) {
        if (init == 0) {
            return namespace.command(words);
        }
        var all =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(init), "--net", "--mount", "--pid", "--"));
        all.addAll(words);
        return all;
    }

    /** Whether {@link #command} starts the program as a child of another one. */
    synchronized boolean wraps() {
        return init != 0;
    }

    boolean holds(String address) {
        return !Command.run("ip", "-n", namespace.name(), "-o", "addr", "show", "to", address)
                .isBlank();
    }

    void removeAddress(String address, String device) {
        namespace.ip("addr del " + address + " dev " + device);
    }
}
