/**
 * The command line: what a user types, reads and gets as an exit code, and the life of the process around the server.
 * It loads the configuration, starts the server, and drains it when the process is told to stop. Nothing else knows
 * that there is a command line, prints to the console or ends the process.
 */
package dev.tessera.cli;
