/** {@code ./dev crash}: the controller is stopped at every call that it makes, and another one goes on. */
@NullMarked
package io.octavialb.crash;

import org.jspecify.annotations.NullMarked;
