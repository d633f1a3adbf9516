package io.octavialb.vip.config;

/** Where in a configuration something stands; lines count from 1. */
public record Place(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
