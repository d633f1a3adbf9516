/** A cloud without HTTP for tests of what happens above it. */
@NullMarked
package io.octavialb.cloud;

import org.jspecify.annotations.NullMarked;
