/**
 * The opening of WebSocket connections: checks the handshake, chooses the frame code and puts it into the pipeline of
 * the connection. Called by the gateway with a request. It knows both frame codes; they do not know it. It must not
 * know what a message means.
 */
@NullMarked
package dev.tessera.impl.gateway.websocket.upgrade;

import org.jspecify.annotations.NullMarked;
