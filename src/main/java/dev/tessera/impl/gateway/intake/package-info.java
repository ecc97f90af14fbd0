/**
 * What every transport uses to put commands: the decoder, the dispatcher, the making of refusals, and the limits of a
 * connection. Called by WebSocket connections and HTTP requests; knows neither.
 */
package dev.tessera.impl.gateway.intake;
