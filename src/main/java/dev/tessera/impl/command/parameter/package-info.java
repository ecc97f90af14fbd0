/**
 * The kinds of parameters: each reads a value from the scanner and checks it. Commands declare parameters, and the
 * decoder calls them. The package knows nothing of commands.
 */
@NullMarked
package dev.tessera.impl.command.parameter;

import org.jspecify.annotations.NullMarked;
