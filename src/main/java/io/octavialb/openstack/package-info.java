/** The OpenStack APIs: authentication, HTTP, Octavia, Neutron, faults. */
@NullMarked
package io.octavialb.openstack;

import org.jspecify.annotations.NullMarked;
