package io.octavialb.config;

/** Where TLS containers are kept: {@code barbican} references are checked, {@code external} ones are passed on as they are. */
public enum ContainerStore {
    BARBICAN,
    EXTERNAL
}
