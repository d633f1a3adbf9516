/** Tests of the OpenStack client, on servers of its own and on the lab. */
@NullMarked
package io.octavialb.openstack;

import org.jspecify.annotations.NullMarked;
