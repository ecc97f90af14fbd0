package dev.tessera.impl.gateway.http;

import java.util.List;

/**
 * The options of the HTTP API.
 *
 * @param idleTimeoutMs silence after which a connection is closed, and the time in which a part of a body must arrive;
 *     0 means never
 * @param hosts names by which clients reach the server, beside its own; {@code *} allows all
 * @param corsOrigins origins whose pages may use the API from a browser; {@code *} allows all, none turns CORS off
 */
public record HttpOptions(long idleTimeoutMs, List<String> hosts, List<String> corsOrigins) {}
