/** Service + nodes + settings + facts become a desired load balancer, or a list of problems; pure. */
@NullMarked
package io.octavialb.build;

import org.jspecify.annotations.NullMarked;
