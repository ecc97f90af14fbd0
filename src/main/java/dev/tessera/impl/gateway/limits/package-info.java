/**
 * The limits of one connection, and of all connections together: messages, commands in flight, unsent answers.
 * WebSocket connections and HTTP peers call them. They must not know either, nor commands or stores.
 */
package dev.tessera.impl.gateway.limits;
