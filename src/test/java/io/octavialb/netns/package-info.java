/**
 * Virtual routers on real network stacks: hosts are network namespaces on a bridge that has a namespace of its own, so the
 * machine's network is never touched. Holds the tests against a real keepalived ({@code ./dev netns}) and the benchmark beside it
 * ({@code ./dev bench vrrp}). Measures with sockets of its own, not with those of {@code io.octavialb.net}, which are measured.
 */
@NullMarked
package io.octavialb.netns;

import org.jspecify.annotations.NullMarked;
