/** What flows through the program, in Kubernetes' and OpenStack's own words; values only, no I/O. */
@NullMarked
package io.octavialb.model;

import org.jspecify.annotations.NullMarked;
