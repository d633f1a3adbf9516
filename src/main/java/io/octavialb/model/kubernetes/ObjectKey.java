package io.octavialb.model.kubernetes;

/** Namespace and name of an object; prints as {@code namespace/name}. */
public record ObjectKey(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
