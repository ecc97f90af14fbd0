/**
 * The seam over Vert.x's WebSocket API. It is slower than our own frame code, and it can speak permessage-deflate.
 * Called by the upgrade; must not know JSON or commands. Vert.x is less strict than the seam demands, so
 * {@link dev.tessera.impl.gateway.websocket.vertx.FrameGuard} stands in front of it.
 */
@NullMarked
package dev.tessera.impl.gateway.websocket.vertx;

import org.jspecify.annotations.NullMarked;
