/**
 * An OpenStack in memory: Keystone, Neutron and Octavia that answer as the real ones do.
 *
 * <p>{@link io.octavialb.embedded.openstack.EmbeddedOpenStack} answers requests without any transport;
 * {@link io.octavialb.embedded.openstack.OpenStackServer} puts it behind HTTP, with the files of {@code wiremock-stubs/}.
 */
@NullMarked
package io.octavialb.embedded.openstack;

import org.jspecify.annotations.NullMarked;
