package io.octavialb.build;

/** The reasons of Warning events, as the reference writes them where it has one. */
public final class EventReasons {
    /** Reconciliation failed, or the Service asks for what can't be. */
    public static final String SYNC_FAILED = "SyncLoadBalancerFailed";

    public static final String NO_NODES = "UnAvailableLoadBalancer";
    public static final String FORCED_INTERNAL = "LoadBalancerForcedInternal";
    public static final String EXTERNAL_NETWORK_SEARCH_FAILED = "LoadBalancerExternalNetworkSearchFailed";
    public static final String SOURCE_RANGES_IGNORED = "LoadBalancerSourceRangesIgnored";
    /** Ours: source ranges that leave a family of the VIP without any. */
    public static final String FAMILY_CLOSED = "LoadBalancerFamilyClosed";

    public static final String AVAILABILITY_ZONES_IGNORED = "LoadBalancerAvailabilityZonesIgnored";
    public static final String FLOATING_IP_SKIPPED = "LoadBalancerFloatingIPSkipped";
    /** How pools are to spread connections is not known, or not to this cloud. */
    public static final String LB_METHOD_UNKNOWN = "LoadBalancerLbMethodUnknown";
    /** A renamed cluster's load balancer gets today's name. */
    public static final String RENAME = "LoadBalancerRename";
    /** Ours: an annotation that is not understood; the default applies. */
    public static final String ANNOTATION_IGNORED = "LoadBalancerAnnotationIgnored";
    /** Ours: nodes without an endpoint get connections that they drop. */
    public static final String LOCAL_TRAFFIC_UNMONITORED = "LoadBalancerLocalTrafficUnmonitored";
    /** Ours: Octavia can't keep a client at a member for the time asked for. */
    public static final String SESSION_AFFINITY_TIMEOUT_IGNORED = "LoadBalancerSessionAffinityTimeoutIgnored";
    /** Ours: the Service asks for two families and the load balancer has one. */
    public static final String SINGLE_STACK = "LoadBalancerSingleStack";
    /** Ours: what is read at creation only says something else by now. */
    public static final String SETTING_KEPT = "LoadBalancerSettingKept";
    /** Ours: the address asked for is not the one that the load balancer has. */
    public static final String ADDRESS_KEPT = "LoadBalancerAddressKept";
    /** Ours: a load balancer that was made anew could not have the VIP of the one that is gone. */
    public static final String VIP_NOT_KEPT = "LoadBalancerVipNotKept";
    /** Ours: the load balancer of a Service was removed by hand; a new one is made. */
    public static final String GONE = "LoadBalancerGone";
    /** Ours: a second load balancer was made when an answer was lost, and is deleted. */
    public static final String MADE_TWICE = "LoadBalancerMadeTwice";
    /** Ours: a load balancer that the Service was on before can't be left. */
    public static final String FORMER_NOT_LEFT = "LoadBalancerFormerNotLeft";

    /** Ours: nodes whose ports can't be told, so that the Service's security group is not on them. */
    public static final String NODES_NOT_OPENED = "LoadBalancerNodesNotOpened";

    private EventReasons() {}
}
