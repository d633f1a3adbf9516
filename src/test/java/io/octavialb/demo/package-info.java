/**
 * {@code ./dev demo}: the controller between an OpenStack and a Kubernetes API, both in memory, for people to watch.
 *
 * <p>Only the two ends are not real: the controller, its clients and HTTP between them are.
 */
@NullMarked
package io.octavialb.demo;

import org.jspecify.annotations.NullMarked;
