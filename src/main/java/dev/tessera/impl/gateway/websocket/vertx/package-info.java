/**
 * The same seam over Vert.x's WebSocket API: slower than our own frame code, and able to speak permessage-deflate.
 * Called by the upgrade; must not know JSON or commands. Where Vert.x is less strict than the seam asks, a handler in
 * front of it ({@link dev.tessera.impl.gateway.websocket.vertx.FrameGuard}) makes up for it.
 */
package dev.tessera.impl.gateway.websocket.vertx;
