/**
 * The limits of one connection, and of all connections together: messages, commands in flight, unsent replies.
 * WebSocket connections and HTTP peers call them. The package must not know either, nor commands or stores.
 */
@NullMarked
package dev.tessera.impl.gateway.limits;

import org.jspecify.annotations.NullMarked;
