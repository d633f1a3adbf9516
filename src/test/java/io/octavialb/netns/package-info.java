/** Hosts as network namespaces of this machine, for tests of what only a kernel can show; needs root. */
@NullMarked
package io.octavialb.netns;

import org.jspecify.annotations.NullMarked;
