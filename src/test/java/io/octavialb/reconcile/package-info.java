/** Passes over a cloud in memory. */
@NullMarked
package io.octavialb.reconcile;

import org.jspecify.annotations.NullMarked;
