/**
 * WebSocket connections as the gateway sees them: it calls {@link dev.tessera.impl.gateway.websocket.WebSocketUpgrade}
 * with a request and gets a {@link dev.tessera.impl.gateway.websocket.WebSocketLink} to write to; what comes in is told
 * to its {@link dev.tessera.impl.gateway.websocket.WebSocketListener}. Two frame codes stand behind this seam:
 * {@code codec}, our own, and {@code vertx}, over Vert.x's WebSocket API. Nothing here knows what a message means.
 */
package dev.tessera.impl.gateway.websocket;
