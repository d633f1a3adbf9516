/** Resources as they should be; a null component means that we have no say in it. */
@NullMarked
package io.octavialb.model.desired;

import org.jspecify.annotations.NullMarked;
