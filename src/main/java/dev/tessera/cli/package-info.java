/**
 * The command line: options, output, exit codes, and the life of the process around the server. It loads the
 * configuration, starts the server, and drains it after a signal. No other package may know the command line, print to
 * the console or end the process.
 */
@NullMarked
package dev.tessera.cli;

import org.jspecify.annotations.NullMarked;
