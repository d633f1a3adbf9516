/** Linux as a virtual router needs it: raw sockets, announcements, netlink and ppoll through {@code java.lang.foreign}. */
@NullMarked
package io.octavialb.net;

import org.jspecify.annotations.NullMarked;
