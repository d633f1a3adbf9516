/**
 * What users say: the cloud-config file, clouds.yaml and the annotations of a Service, read into settings.
 *
 * <p>Pure: takes texts and gives values and problems; reads no file, no clock, no network. Two tables are the only place
 * that knows an option: {@link io.octavialb.config.CloudConfigOptions} and {@link io.octavialb.config.Annotations}.
 * Parsing, validation and the reference pages all read them.
 */
@NullMarked
package io.octavialb.config;

import org.jspecify.annotations.NullMarked;
