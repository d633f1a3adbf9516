/** Tests of cloud-config, clouds.yaml and annotations. */
@NullMarked
package io.octavialb.config;

import org.jspecify.annotations.NullMarked;
