/**
 * Parts of the server that are not public: the registry of commands, and helpers that the command line uses too. The
 * server and the command line call them; they know neither.
 */
@NullMarked
package dev.tessera.impl.server;

import org.jspecify.annotations.NullMarked;
