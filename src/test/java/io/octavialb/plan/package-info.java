/** Golden cases of plans, a folder each under {@code src/test/resources/plans}. */
@NullMarked
package io.octavialb.plan;

import org.jspecify.annotations.NullMarked;
