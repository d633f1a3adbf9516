package io.octavialb.config;

import org.jspecify.annotations.Nullable;

/**
 * How to authenticate with Keystone, one record per method of the
 * <a href="https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management">Identity API v3</a>.
 */
public sealed interface Credentials {
    /** A user's password, scoped to a project. */
    record Password(User user, Secret password, Project project) implements Credentials {}

    /**
     * An application credential, which carries its own project.
     *
     * @param id beats {@code name}
     * @param name needs {@code user}
     */
    record ApplicationCredential(
            @Nullable String id,
            @Nullable String name,
            @Nullable User user,
            Secret secret) implements Credentials {}

    /** A trustee's password, scoped to a trust. */
    record Trust(String trustId, User trustee, Secret password) implements Credentials {}

    /** A token that someone else got; it cannot be renewed. */
    record Token(Secret token, @Nullable Project project) implements Credentials {}

    /** A user by id, or by name within a domain; the id beats the name. */
    record User(
            @Nullable String id,
            @Nullable String name,
            @Nullable Domain domain) {}

    /** A project by id, or by name within a domain; the id beats the name. */
    record Project(
            @Nullable String id,
            @Nullable String name,
            @Nullable Domain domain) {}

    /** A domain by id or by name; the id beats the name. */
    record Domain(@Nullable String id, @Nullable String name) {}
}
