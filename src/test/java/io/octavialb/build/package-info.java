/** What a Service comes to. */
@NullMarked
package io.octavialb.build;

import org.jspecify.annotations.NullMarked;
