/** Tests of the Kubernetes side. */
@NullMarked
package io.octavialb.kubernetes;

import org.jspecify.annotations.NullMarked;
