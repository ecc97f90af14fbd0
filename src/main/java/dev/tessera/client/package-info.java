/**
 * The Java API for programs in the Vert.x of a server, or in a Vert.x that has joined its cluster:
 * {@link dev.tessera.client.TesseraClient} for commands, {@link dev.tessera.client.TesseraEvents} for changes. Public
 * types are for users and stay stable; the transport of commands is not public. The package knows the routing, and must
 * not know sessions, commands or stores, because these may be in another process.
 */
@NullMarked
package dev.tessera.client;

import org.jspecify.annotations.NullMarked;
