/** The way of one Service: observe, plan, execute, report an outcome. */
@NullMarked
package io.octavialb.reconcile;

import org.jspecify.annotations.NullMarked;
