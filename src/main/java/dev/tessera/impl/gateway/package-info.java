/**
 * The entry of clients: HTTP upgrades, WebSocket connections, the order of their replies, their limits and their end.
 * It decodes messages into requests and submits them to a dispatcher. The server deploys it. It must not know sessions
 * or where they are stored.
 */
@NullMarked
package dev.tessera.impl.gateway;

import org.jspecify.annotations.NullMarked;
