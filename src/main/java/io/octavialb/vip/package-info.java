/** The agent that holds virtual IP addresses on a node: one thread around the state machines of {@code io.octavialb.vrrp}. */
@NullMarked
package io.octavialb.vip;

import org.jspecify.annotations.NullMarked;
