/** The program as it is started. */
@NullMarked
package io.octavialb.app;

import org.jspecify.annotations.NullMarked;
