/** The parts of Services and Nodes that decide what a load balancer looks like. */
@NullMarked
package io.octavialb.model.kubernetes;

import org.jspecify.annotations.NullMarked;
