package io.octavialb.vip.config;

import io.octavialb.config.NearestKey;
import java.util.List;
import java.util.Set;

/** What becomes of each key of a keepalived.conf (2.2.7): one table for parsing and for the compatibility page. */
final class KeepalivedKeys {
    enum Use {
        /** Has its effect. */
        USED,
        /** Accepted without a word: it changes nothing here. */
        IGNORED,
        /** Accepted with a warning: without effect. */
        WARNED
    }

    /** Where a key stands. */
    enum In {
        TOP("the top level"),
        GLOBAL("global_defs"),
        SCRIPT("vrrp_script"),
        GROUP("vrrp_sync_group"),
        INSTANCE("vrrp_instance"),
        AUTHENTICATION("authentication"),
        PEER("a unicast_peer"),
        ADDRESS("an address"),
        GARP_GROUP("garp_group");

        private final String text;

        In(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A key.
     *
     * @param text what it does, or why it does nothing
     * @param remedy what to do instead
     */
    record Key(In in, String name, Use use, String text, String remedy) {}

    private static final String REMOVE = "remove it, or go on without it";
    private static final String NOT_RUN = "run it elsewhere, for instance in a keepalived of its own without VRRP";
    private static final String WRITE_A_SCRIPT = "write a vrrp_script that tells the same";

    static final List<Key> ALL = List.of(
            used(In.TOP, "global_defs", "settings of the agent and defaults of instances"),
            used(In.TOP, "vrrp_script", "a check"),
            used(In.TOP, "vrrp_instance", "an instance"),
            used(In.TOP, "vrrp_sync_group", "instances that change together"),
            used(In.TOP, "garp_group", "spacing of announcements on interfaces"),
            warned(In.TOP, "virtual_server", "is not run: this agent does no IPVS load balancing", NOT_RUN),
            warned(In.TOP, "virtual_server_group", "is not run: this agent does no IPVS load balancing", NOT_RUN),
            warned(In.TOP, "SSL", "is not run: this agent does no IPVS load balancing", NOT_RUN),
            warned(
                    In.TOP,
                    "static_ipaddress",
                    "is not done: these addresses are not put on",
                    "give them to the network set-up"),
            warned(
                    In.TOP,
                    "static_routes",
                    "is not done: these routes are not added",
                    "give them to the network set-up"),
            warned(In.TOP, "static_rules", "is not done: these rules are not added", "give them to the network set-up"),
            warned(In.TOP, "track_group", "is not done: it is about static addresses", REMOVE),
            warned(
                    In.TOP,
                    "bfd_instance",
                    "is not run: BFD sessions are not held",
                    "rely on advert_int, which may be 0.01"),
            warned(In.TOP, "vrrp_track_process", "is not run: processes are not watched", WRITE_A_SCRIPT),
            warned(In.TOP, "vrrp_track_file", "is not run: files are not watched", WRITE_A_SCRIPT),
            warned(In.TOP, "track_file", "is not run: files are not watched", WRITE_A_SCRIPT),
            warned(In.TOP, "net_namespace", "is not entered", "start the agent with ip netns exec"),
            warned(In.TOP, "net_namespace_ipvs", "is not run: this agent does no IPVS load balancing", NOT_RUN),
            ignored(In.TOP, "namespace_with_ipsets", "there are no ipsets"),
            ignored(In.TOP, "instance", "there are no pid files"),
            ignored(In.TOP, "use_pid_dir", "there are no pid files"),
            ignored(In.TOP, "child_wait_time", "there are no child processes of that kind"),
            ignored(In.TOP, "linkbeat_use_polling", "link state comes from netlink"),
            ignored(In.TOP, "linkbeat_interfaces", "link state comes from netlink"),
            warned(In.TOP, "interface_up_down_delays", "is not done: a link counts as down at once", REMOVE),
            ignored(In.GLOBAL, "router_id", "names this node in keepalived's mails and logs"),
            used(In.GLOBAL, "vrrp_version", "version of IPv4 instances that name none; 2 if nothing is said"),
            used(In.GLOBAL, "script_user", "user that scripts run as when they name none"),
            used(In.GLOBAL, "vrrp_garp_master_delay", "default of garp_master_delay"),
            used(In.GLOBAL, "vrrp_garp_master_repeat", "default of garp_master_repeat"),
            used(In.GLOBAL, "vrrp_garp_master_refresh", "default of garp_master_refresh"),
            used(In.GLOBAL, "vrrp_garp_master_refresh_repeat", "default of garp_master_refresh_repeat"),
            used(In.GLOBAL, "vrrp_garp_lower_prio_repeat", "default of garp_lower_prio_repeat"),
            used(In.GLOBAL, "vrrp_garp_interval", "time between two announcements over IPv4; 50 ms if nothing is said"),
            used(In.GLOBAL, "vrrp_gna_interval", "time between two announcements over IPv6; 50 ms if nothing is said"),
            used(In.GLOBAL, "vrrp_min_garp", "one announcement, which is not repeated"),
            used(In.GLOBAL, "vrrp_rt_priority", "SCHED_FIFO priority, 1 to 99"),
            used(In.GLOBAL, "vrrp_mcast_group4", "224.0.0.18; another one is an error"),
            used(In.GLOBAL, "vrrp_mcast_group6", "ff02::12; another one is an error"),
            warned(
                    In.GLOBAL,
                    "vrrp_garp_lower_prio_delay",
                    "has no effect: announcements after a lower priority are one row, at once",
                    REMOVE),
            warned(In.GLOBAL, "vrrp_garp_extra_if", "has no effect", "set vrrp_garp_master_refresh"),
            warned(In.GLOBAL, "vrrp_strict", "is not enforced; addresses accept packets", REMOVE),
            warned(In.GLOBAL, "vrrp_priority", "has no effect: the nice value stays as it is", "use vrrp_rt_priority"),
            warned(In.GLOBAL, "vrrp_down_timer_adverts", "has no effect: three adverts, as the RFC says", REMOVE),
            warned(
                    In.GLOBAL,
                    "vrrp_lower_prio_no_advert",
                    "has no effect: a lower priority is answered at once (RFC 9568 §6.4.3)",
                    REMOVE),
            warned(
                    In.GLOBAL,
                    "vrrp_higher_prio_send_advert",
                    "has no effect: nothing is sent to a higher priority",
                    REMOVE),
            warned(In.GLOBAL, "vrrp_startup_delay", "has no effect", "set preempt_delay"),
            warned(In.GLOBAL, "vrrp_iptables", "has no effect: there are no packet filters", REMOVE),
            warned(In.GLOBAL, "vrrp_ipsets", "has no effect: there are no packet filters", REMOVE),
            warned(In.GLOBAL, "nftables", "has no effect: there are no packet filters", REMOVE),
            warned(In.GLOBAL, "notification_email", "is not run: no mails are sent", "use notify scripts or metrics"),
            warned(In.GLOBAL, "smtp_alert", "is not run: no mails are sent", "use notify scripts or metrics"),
            warned(In.GLOBAL, "smtp_alert_vrrp", "is not run: no mails are sent", "use notify scripts or metrics"),
            warned(In.GLOBAL, "notify_fifo", "is not written", "use notify scripts"),
            warned(In.GLOBAL, "notify_fifo_script", "is not run", "use notify scripts"),
            warned(In.GLOBAL, "vrrp_notify_fifo", "is not written", "use notify scripts"),
            warned(In.GLOBAL, "vrrp_notify_fifo_script", "is not run", "use notify scripts"),
            warned(In.GLOBAL, "startup_script", "is not run", "run it before the agent starts"),
            warned(In.GLOBAL, "shutdown_script", "is not run", "run it after the agent stops"),
            warned(In.GLOBAL, "lvs_sync_daemon", "is not run: this agent does no IPVS load balancing", NOT_RUN),
            warned(In.GLOBAL, "enable_snmp_vrrp", "is not run", "read the metrics"),
            warned(In.GLOBAL, "enable_traps", "is not run", "read the metrics"),
            warned(In.GLOBAL, "enable_dbus", "is not run", "read the metrics"),
            warned(In.GLOBAL, "default_interface", "has no effect", "name the interface in the instance"),
            warned(
                    In.GLOBAL,
                    "enable_script_security",
                    "has no effect: scripts run as the agent's user or as the one named",
                    REMOVE),
            ignored(In.GLOBAL, "notification_email_from", "no mails are sent"),
            ignored(In.GLOBAL, "smtp_server", "no mails are sent"),
            ignored(In.GLOBAL, "smtp_helo_name", "no mails are sent"),
            ignored(In.GLOBAL, "smtp_connect_timeout", "no mails are sent"),
            ignored(In.GLOBAL, "smtp_alert_checker", "no mails are sent"),
            ignored(In.GLOBAL, "no_email_faults", "no mails are sent"),
            ignored(In.GLOBAL, "no_checker_emails", "no mails are sent"),
            ignored(In.GLOBAL, "vrrp_skip_check_adv_addr", "the list is always compared"),
            ignored(In.GLOBAL, "vrrp_check_unicast_src", "it is always checked"),
            ignored(In.GLOBAL, "dynamic_interfaces", "interfaces may always come and go"),
            ignored(In.GLOBAL, "log_unknown_vrids", "they are always counted"),
            ignored(In.GLOBAL, "max_auto_priority", "vrrp_rt_priority says it"),
            ignored(In.GLOBAL, "min_auto_priority_delay", "vrrp_rt_priority says it"),
            ignored(In.GLOBAL, "vrrp_no_swap", "of keepalived's process"),
            ignored(In.GLOBAL, "vrrp_rlimit_rttime", "of keepalived's process"),
            ignored(In.GLOBAL, "vrrp_rlimit_rtime", "of keepalived's process"),
            ignored(In.GLOBAL, "process_names", "of keepalived's process"),
            ignored(In.GLOBAL, "process_name", "of keepalived's process"),
            ignored(In.GLOBAL, "vrrp_process_name", "of keepalived's process"),
            ignored(In.GLOBAL, "reload_check_config", "always done"),
            ignored(In.GLOBAL, "include_check", "use includer, includem, includew or includea"),
            used(In.SCRIPT, "script", "the command, in quotes if it has arguments; started without a shell"),
            used(In.SCRIPT, "interval", "seconds, fractions too; 1 if nothing is said"),
            used(In.SCRIPT, "timeout", "seconds, fractions too; the interval if nothing is said"),
            used(In.SCRIPT, "rise", "1 if nothing is said"),
            used(In.SCRIPT, "fall", "1 if nothing is said"),
            used(In.SCRIPT, "weight", "-253 to 253, 0 if nothing is said; `reverse` is an error"),
            used(In.SCRIPT, "user", "user, by name; the group is the user's own"),
            used(In.SCRIPT, "init_fail", "failed until it has risen"),
            used(In.GROUP, "group", "names of instances"),
            used(In.GROUP, "track_interface", "as in an instance, for all members"),
            used(In.GROUP, "track_script", "as in an instance, for all members"),
            used(In.GROUP, "notify_master", "command, user"),
            used(In.GROUP, "notify_backup", "command, user"),
            used(In.GROUP, "notify_fault", "command, user"),
            used(In.GROUP, "notify_stop", "command, user"),
            used(In.GROUP, "notify", "command, user; gets GROUP, name, state and priority"),
            used(In.GROUP, "sync_group_tracking_weight", "members keep their own weights"),
            warned(
                    In.GROUP,
                    "global_tracking",
                    "has no effect",
                    "write track_interface and track_script into the group"),
            warned(In.GROUP, "track_file", "is not run: files are not watched", WRITE_A_SCRIPT),
            warned(In.GROUP, "track_process", "is not run: processes are not watched", WRITE_A_SCRIPT),
            warned(In.GROUP, "track_bfd", "is not run: BFD sessions are not held", REMOVE),
            warned(In.GROUP, "smtp_alert", "is not run: no mails are sent", "use notify scripts or metrics"),
            warned(In.GROUP, "notify_deleted", "is not run", REMOVE),
            ignored(In.GROUP, "notify_priority_changes", "there are no FIFOs"),
            used(In.INSTANCE, "state", "MASTER or BACKUP; MASTER without a priority is 255"),
            used(In.INSTANCE, "interface", "needed"),
            used(In.INSTANCE, "virtual_router_id", "1 to 255, needed"),
            used(In.INSTANCE, "priority", "1 to 255; 100 if nothing is said"),
            used(
                    In.INSTANCE,
                    "advert_int",
                    "seconds: whole ones with version 2, hundredths with 3; 1 if nothing is said"),
            used(In.INSTANCE, "version", "2 or 3; that of vrrp_version, and 3 over IPv6, if nothing is said"),
            used(In.INSTANCE, "authentication", "of version 2"),
            used(In.INSTANCE, "virtual_ipaddress", "addresses that are advertised, needed"),
            used(In.INSTANCE, "virtual_ipaddress_excluded", "addresses that are not advertised"),
            used(In.INSTANCE, "unicast_src_ip", "source of the adverts"),
            used(In.INSTANCE, "mcast_src_ip", "source of the adverts"),
            used(In.INSTANCE, "track_src_ip", "an active router that loses its source is in fault; a backup is anyway"),
            used(In.INSTANCE, "unicast_peer", "where adverts go instead of multicast; an empty one is an error"),
            used(In.INSTANCE, "track_interface", "interfaces, with weight"),
            used(In.INSTANCE, "track_script", "checks, with weight"),
            used(In.INSTANCE, "preempt", "the default"),
            used(In.INSTANCE, "nopreempt", "not with state MASTER or priority 255, as in keepalived"),
            used(
                    In.INSTANCE,
                    "preempt_delay",
                    "seconds, 0 to 1000; not with state MASTER or nopreempt, as in keepalived"),
            used(
                    In.INSTANCE,
                    "garp_master_delay",
                    "second row of announcements after seconds, 5 if nothing is said, 0 for none"),
            used(In.INSTANCE, "garp_master_repeat", "announcements in a row; 5 if nothing is said"),
            used(
                    In.INSTANCE,
                    "garp_master_refresh",
                    "seconds between announcements while active; none if nothing is said"),
            used(In.INSTANCE, "garp_master_refresh_repeat", "announcements of each refresh; 1 if nothing is said"),
            used(
                    In.INSTANCE,
                    "garp_lower_prio_repeat",
                    "announcements after a lower priority; garp_master_repeat if nothing is said"),
            used(In.INSTANCE, "notify_master", "command, user"),
            used(In.INSTANCE, "notify_backup", "command, user"),
            used(In.INSTANCE, "notify_fault", "command, user"),
            used(In.INSTANCE, "notify_stop", "command, user"),
            used(In.INSTANCE, "notify", "command, user; gets INSTANCE, name, state and priority"),
            used(In.INSTANCE, "mcast_dst_ip", "224.0.0.18 or ff02::12; another one is an error"),
            used(
                    In.INSTANCE,
                    "unicast_ttl",
                    "255; another one is an error: adverts with less are discarded (RFC 9568 §7.1)"),
            warned(
                    In.INSTANCE,
                    "garp_lower_prio_delay",
                    "has no effect: announcements after a lower priority are one row, at once",
                    REMOVE),
            warned(In.INSTANCE, "garp_extra_if", "has no effect", "set garp_master_refresh"),
            warned(
                    In.INSTANCE,
                    "use_vmac",
                    "is not done: addresses go on the interface itself, with its own MAC address",
                    REMOVE),
            warned(In.INSTANCE, "use_vmac_addr", "is not done: addresses go on the interface itself", REMOVE),
            warned(In.INSTANCE, "use_ipvlan", "is not done: addresses go on the interface itself", REMOVE),
            ignored(In.INSTANCE, "vmac_xmit_base", "there is no VMAC"),
            warned(In.INSTANCE, "vrf", "has no effect", "name the interface"),
            warned(In.INSTANCE, "virtual_routes", "is not done: no routes are added or removed", "use notify scripts"),
            warned(In.INSTANCE, "virtual_rules", "is not done: no rules are added or removed", "use notify scripts"),
            warned(In.INSTANCE, "track_file", "is not run: files are not watched", WRITE_A_SCRIPT),
            warned(In.INSTANCE, "track_process", "is not run: processes are not watched", WRITE_A_SCRIPT),
            warned(In.INSTANCE, "track_bfd", "is not run: BFD sessions are not held", REMOVE),
            warned(
                    In.INSTANCE,
                    "dont_track_primary",
                    "has no effect: an instance is in fault while its interface is down",
                    REMOVE),
            warned(In.INSTANCE, "no_accept", "has no effect: addresses accept packets", "filter them with nftables"),
            warned(In.INSTANCE, "strict_mode", "is not enforced; addresses accept packets", REMOVE),
            warned(In.INSTANCE, "down_timer_adverts", "has no effect: three adverts, as the RFC says", REMOVE),
            warned(
                    In.INSTANCE,
                    "lower_prio_no_advert",
                    "has no effect: a lower priority is answered at once (RFC 9568 §6.4.3)",
                    REMOVE),
            warned(
                    In.INSTANCE,
                    "higher_prio_send_advert",
                    "has no effect: nothing is sent to a higher priority",
                    REMOVE),
            warned(
                    In.INSTANCE,
                    "old_unicast_checksum",
                    "has no effect: the checksum is that of keepalived 1.3.7 and later",
                    "upgrade the peers"),
            warned(
                    In.INSTANCE,
                    "lvs_sync_daemon_interface",
                    "is not run: this agent does no IPVS load balancing",
                    NOT_RUN),
            warned(In.INSTANCE, "smtp_alert", "is not run: no mails are sent", "use notify scripts or metrics"),
            warned(In.INSTANCE, "notify_master_rx_lower_pri", "is not run", "read the metrics"),
            warned(In.INSTANCE, "notify_deleted", "is not run", REMOVE),
            ignored(In.INSTANCE, "notify_priority_changes", "there are no FIFOs"),
            ignored(In.INSTANCE, "accept", "addresses accept packets"),
            ignored(In.INSTANCE, "debug", "of keepalived's log"),
            ignored(In.INSTANCE, "native_ipv6", "the addresses say it"),
            ignored(In.INSTANCE, "linkbeat_use_polling", "link state comes from netlink"),
            ignored(In.INSTANCE, "skip_check_adv_addr", "the list is always compared"),
            ignored(In.INSTANCE, "check_unicast_src", "it is always checked"),
            ignored(In.INSTANCE, "unicast_fault_no_peer", "unicast without peers is an error"),
            ignored(In.INSTANCE, "promote_secondaries", "addresses do not depend on each other"),
            ignored(In.INSTANCE, "kernel_rx_buf_size", "the agent knows its own"),
            used(In.AUTHENTICATION, "auth_type", "PASS; AH is an error"),
            used(In.AUTHENTICATION, "auth_pass", "the first eight characters"),
            warned(In.PEER, "min_ttl", "has no effect: only 255 is accepted (RFC 9568 §7.1)", REMOVE),
            warned(In.PEER, "max_ttl", "has no effect: only 255 is accepted (RFC 9568 §7.1)", REMOVE),
            used(In.ADDRESS, "dev", "interface; that of the instance if nothing is said"),
            used(In.ADDRESS, "label", "of an IPv4 address"),
            used(In.ADDRESS, "scope", "global, site, link, host, nowhere or a number"),
            ignored(In.ADDRESS, "brd", "no broadcast address is set"),
            ignored(In.ADDRESS, "-nodad", "duplicate address detection is always off"),
            ignored(In.ADDRESS, "track_group", "of static addresses"),
            warned(In.ADDRESS, "use_vmac", "is not done: the address goes on the interface itself", REMOVE),
            warned(In.ADDRESS, "peer", "has no effect", REMOVE),
            warned(In.ADDRESS, "home", "has no effect", REMOVE),
            warned(In.ADDRESS, "mngtmpaddr", "has no effect", REMOVE),
            warned(In.ADDRESS, "noprefixroute", "has no effect", REMOVE),
            warned(In.ADDRESS, "autojoin", "has no effect", REMOVE),
            warned(In.ADDRESS, "no_track", "has no effect: an address that is taken off is put on again", REMOVE),
            warned(In.ADDRESS, "preferred_lft", "has no effect", REMOVE),
            used(In.GARP_GROUP, "garp_interval", "time between two announcements over IPv4"),
            used(In.GARP_GROUP, "gna_interval", "time between two announcements over IPv6"),
            used(In.GARP_GROUP, "interface", "an interface"),
            used(In.GARP_GROUP, "interfaces", "interfaces; each has the interval for itself"));

    /** Keys whose first argument is a command, in which a backslash escapes. */
    private static final Set<String> COMMANDS =
            Set.of("script", "notify", "notify_master", "notify_backup", "notify_fault", "notify_stop");

    private KeepalivedKeys() {}

    static boolean isCommand(String line) {
        return COMMANDS.contains(line.split("[\\s{]", 2)[0]);
    }

    /** Tells of a key that is not used; true if the key is to be used. */
    static boolean isUsed(In in, Statement statement, Problems problems) {
        return isUsed(in, statement.key(), statement.place(), problems);
    }

    static boolean isUsed(In in, String name, Place place, Problems problems) {
        for (Key key : ALL) {
            if (key.in() == in && key.name().equals(name)) {
                switch (key.use()) {
                    case USED, IGNORED -> {}
                    case WARNED -> problems.warning(place, name + " " + key.text(), key.remedy());
                }
                return key.use() == Use.USED;
            }
        }
        List<String> known =
                ALL.stream().filter(key -> key.in() == in).map(Key::name).toList();
        problems.warning(
                place, name + " is unknown in " + in + " and has no effect", NearestKey.hint(name, known, "remove it"));
        return false;
    }

    private static Key used(In in, String name, String text) {
        return new Key(in, name, Use.USED, text, "");
    }

    private static Key ignored(In in, String name, String text) {
        return new Key(in, name, Use.IGNORED, text, "");
    }

    private static Key warned(In in, String name, String text, String remedy) {
        return new Key(in, name, Use.WARNED, text, remedy);
    }
}
