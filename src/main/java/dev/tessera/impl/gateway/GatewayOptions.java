package dev.tessera.impl.gateway;

import dev.tessera.impl.gateway.http.HttpOptions;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import java.util.List;

/**
 * The options of a gateway.
 *
 * @param host address or host name on which it listens
 * @param limits bounds of a connection, and of all together
 * @param connectionsMax how many clients may be connected to the server at the same time
 * @param connectionsPerAddressMax how many of them may come from one address; 0 for no limit
 * @param webSocket how messages are read and written
 * @param webSocketOrigins origins whose pages may open a WebSocket; {@code *} allows all
 * @param webSocketIdleTimeoutMs silence after which a WebSocket is closed; 0 means never
 * @param webSocketMessageTimeoutMs time in which an unfinished message must make progress; 0 means no limit
 * @param http how HTTP requests are served
 */
public record GatewayOptions(
        String host,
        GatewayLimits limits,
        int connectionsMax,
        int connectionsPerAddressMax,
        WebSocketOptions webSocket,
        List<String> webSocketOrigins,
        long webSocketIdleTimeoutMs,
        long webSocketMessageTimeoutMs,
        HttpOptions http) {}
