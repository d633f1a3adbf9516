package io.octavialb.vip.config;
public final class AgentConfig { private AgentConfig() {} public static ConfigResult parse(String file, ConfigSource source) { throw new UnsupportedOperationException(); } }
