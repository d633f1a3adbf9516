/**
 * What this project relies on in Keystone, Neutron and Octavia, as cases that run alike against the real lab and the
 * OpenStack in memory. {@code ./dev contract} shows both results side by side.
 */
@NullMarked
package io.octavialb.contract;

import org.jspecify.annotations.NullMarked;
