/**
 * Our own WebSocket frame code (RFC 6455, server side): a handler in the Netty pipeline of a connection that Vert.x has
 * accepted. {@link dev.tessera.impl.gateway.websocket.codec.CodecLink} opens with the design, and each trick has its
 * own class. Called by the upgrade; must not know HTTP, JSON or commands.
 */
@NullMarked
package dev.tessera.impl.gateway.websocket.codec;

import org.jspecify.annotations.NullMarked;
