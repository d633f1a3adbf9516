/** The Kubernetes side: watches, finalizer, status, events, leader election. */
@NullMarked
package io.octavialb.kubernetes;

import org.jspecify.annotations.NullMarked;
