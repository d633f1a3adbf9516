/** The embedded Kubernetes API: one API server in memory for the tests and the demo, with which kubectl works. */
@NullMarked
package io.octavialb.embedded.kubernetes;

import org.jspecify.annotations.NullMarked;
