/** Some virtual routers on one link in virtual time, with everything that can happen to them, by seed. */
@NullMarked
package io.octavialb.vrrp.simulation;

import org.jspecify.annotations.NullMarked;
