package io.octavialb.vip.config;

/** The two formats of a configuration, which name the same things differently. */
enum Dialect {
    KEEPALIVED,
    YAML;

    /** What both formats have, by its name in each. */
    enum Setting {
        INTERFACE("interface", "interface"),
        VRID("virtual_router_id", "vrid"),
        PRIORITY("priority", "priority"),
        INTERVAL("advert_int", "interval"),
        VERSION("version", "version"),
        PREEMPT("nopreempt", "preempt: false"),
        PREEMPT_DELAY("preempt_delay", "preemptDelay"),
        PASSWORD("auth_pass", "authentication.password"),
        SOURCE("unicast_src_ip", "source"),
        TRACK_SOURCE("track_src_ip", "trackSource"),
        PEERS("unicast_peer", "peers"),
        ADDRESSES("virtual_ipaddress", "addresses"),
        EXCLUDED("virtual_ipaddress_excluded", "excluded"),
        TRACKED_INTERFACES("track_interface", "track.interfaces"),
        TRACKED_CHECKS("track_script", "track.checks"),
        INSTANCE("vrrp_instance", "instance"),
        CHECK("vrrp_script", "check"),
        SYNC_GROUP("vrrp_sync_group", "sync group"),
        GROUP_MEMBERS("group", "instances"),
        REALTIME_PRIORITY("vrrp_rt_priority", "realtimePriority");

        private final String keepalived;
        private final String yaml;

        Setting(String keepalived, String yaml) {
            this.keepalived = keepalived;
            this.yaml = yaml;
        }
    }

    String name(Setting setting) {
        return switch (this) {
            case KEEPALIVED -> setting.keepalived;
            case YAML -> setting.yaml;
        };
    }
}
