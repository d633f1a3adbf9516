/** The OpenStack client against servers of every temper, and against the real lab. */
@NullMarked
package io.octavialb.openstack;

import org.jspecify.annotations.NullMarked;
