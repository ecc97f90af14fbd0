/**
 * The internal commands that export sessions from partitions and import them, with their arguments and replies as plain
 * bytes. Saves and loads send them. The package knows the text of a data set, and nothing of files.
 */
@NullMarked
package dev.tessera.impl.command.transfer;

import org.jspecify.annotations.NullMarked;
