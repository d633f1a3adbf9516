package io.octavialb.openstack;

/** The OpenStack APIs that are spoken to; each has its own limit on parallel calls and its own circuit breaker. */
public enum Api {
    KEYSTONE,
    OCTAVIA,
    NEUTRON
}
