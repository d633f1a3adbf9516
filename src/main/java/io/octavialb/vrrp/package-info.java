/**
 * The Virtual Router Redundancy Protocol: packets and the state machine of one virtual router; pure (RFC 9568, reading RFC
 * 5798; RFC 3768). No input or output, no clock and no threads: time comes in as nanoseconds of a monotonic clock, actions go out.
 */
@NullMarked
package io.octavialb.vrrp;

import org.jspecify.annotations.NullMarked;
