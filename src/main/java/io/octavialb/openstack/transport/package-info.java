/** HTTP for openstack4j over {@code java.net.http}: connections, deadlines, TLS. */
@NullMarked
package io.octavialb.openstack.transport;

import org.jspecify.annotations.NullMarked;
