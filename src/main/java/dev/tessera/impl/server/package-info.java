/**
 * Parts of the server that are not public: the registry of commands, the options, and helpers that the command line
 * uses too. The server, members of a cluster and the command line call them; they know none of these.
 */
@NullMarked
package dev.tessera.impl.server;

import org.jspecify.annotations.NullMarked;
