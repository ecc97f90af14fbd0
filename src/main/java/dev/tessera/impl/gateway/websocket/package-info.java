/**
 * The seam between the gateway and the frame code of a WebSocket connection. The gateway writes to a
 * {@link dev.tessera.impl.gateway.websocket.WebSocketLink}, and the link calls the gateway's
 * {@link dev.tessera.impl.gateway.websocket.WebSocketListener}. Two packages implement the link: {@code codec}, our own
 * frame code, and {@code vertx}, over Vert.x's WebSocket API. The package {@code upgrade} chooses between them. Nothing
 * here knows what a message means.
 */
@NullMarked
package dev.tessera.impl.gateway.websocket;

import org.jspecify.annotations.NullMarked;
