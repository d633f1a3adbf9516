/** What the agent is asked to do, read from our own YAML or from a keepalived.conf; pure, texts in, settings or problems out. */
@NullMarked
package io.octavialb.vip.config;

import org.jspecify.annotations.NullMarked;
