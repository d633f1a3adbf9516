/** From the reference to this controller and back, with nothing changed that need not be. */
@NullMarked
package io.octavialb.adoption;

import org.jspecify.annotations.NullMarked;
