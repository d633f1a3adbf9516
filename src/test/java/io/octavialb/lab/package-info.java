/** Test support for the real OpenStack lab: where it is, and a proxy that counts and disturbs requests to it. */
@NullMarked
package io.octavialb.lab;

import org.jspecify.annotations.NullMarked;
