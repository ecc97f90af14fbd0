/**
 * Where clients come in: HTTP upgrade, WebSocket connections, the order of their answers, their limits and their end.
 * Decodes messages into requests and gives them to a dispatcher; knows nothing of sessions or of where they are kept.
 */
package dev.tessera.impl.gateway;
