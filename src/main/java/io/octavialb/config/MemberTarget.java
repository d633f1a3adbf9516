package io.octavialb.config;

/** What the members of a pool are. */
public enum MemberTarget {
    /** Node ports; kube-proxy passes on to the pods. */
    NODE,
    /** The pods themselves, where the load balancer can reach the pod network. */
    POD
}
