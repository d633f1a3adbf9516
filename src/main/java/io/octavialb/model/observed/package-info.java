/** Resources as the cloud shows them; components are named as in the APIs' JSON (snake case there). */
@NullMarked
package io.octavialb.model.observed;

import org.jspecify.annotations.NullMarked;
