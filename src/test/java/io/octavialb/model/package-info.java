/** Names, tags and marks. */
@NullMarked
package io.octavialb.model;

import org.jspecify.annotations.NullMarked;
