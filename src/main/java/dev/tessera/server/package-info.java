/**
 * The server as a whole: which part starts after which, and how all stop without losing replies. The command line and
 * programs that embed Tessera start it with a configuration. It connects the parts and does none of their work. Only
 * {@code Backend} knows whether the server runs alone or in a cluster.
 */
@NullMarked
package dev.tessera.server;

import org.jspecify.annotations.NullMarked;
