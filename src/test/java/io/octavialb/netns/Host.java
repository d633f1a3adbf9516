package io.octavialb.netns;

/** A machine of the rig. */
final class Host {
    private final String name;
    private final int number;
    private final Rig rig;
    private final NetworkNamespace namespace;
    private long mac;

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

    boolean holds(String address) {
        return !Command.run("ip", "-n", namespace.name(), "-o", "addr", "show", "to", address)
                .isBlank();
    }

    void removeAddress(String address, String device) {
        namespace.ip("addr del " + address + " dev " + device);
    }
}
