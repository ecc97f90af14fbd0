/**
 * HTTP: commands by {@code POST}, sessions and keys as resources, and the description of both. Called by the gateway
 * for every request that is not a WebSocket's. Makes commands of requests and gives them to the command intake; knows
 * nothing of sessions or of where they are kept.
 */
package dev.tessera.impl.gateway.http;
