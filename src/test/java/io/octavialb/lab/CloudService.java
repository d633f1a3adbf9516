package io.octavialb.lab;

/** An OpenStack service that the proxy stands in front of. */
public enum CloudService {
    KEYSTONE,
    NEUTRON,
    OCTAVIA
}
