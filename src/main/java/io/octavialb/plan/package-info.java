/** Desired and observed become an ordered list of steps that print themselves; pure. */
@NullMarked
package io.octavialb.plan;

import org.jspecify.annotations.NullMarked;
