/**
 * The HTTP API: commands by {@code POST}, sessions and keys as resources, and the OpenAPI document. Called by the
 * gateway for every request that opens no WebSocket. Makes commands of requests and submits them to the command intake;
 * must not know sessions, or how they are stored.
 */
@NullMarked
package dev.tessera.impl.gateway.http;

import org.jspecify.annotations.NullMarked;
