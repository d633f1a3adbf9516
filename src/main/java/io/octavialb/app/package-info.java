/** The program: its entry, its subcommands, and how the other packages are wired together. */
@NullMarked
package io.octavialb.app;

import org.jspecify.annotations.NullMarked;
