/** The whole controller between a Kubernetes API in memory and the real lab, its requests counted on the way. */
@NullMarked
package io.octavialb.it;

import org.jspecify.annotations.NullMarked;
