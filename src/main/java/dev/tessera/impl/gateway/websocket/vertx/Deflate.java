package dev.tessera.impl.gateway.websocket.vertx;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extension permessage-deflate (RFC 7692) on one connection. Vert.x's own negotiation does not bound the inflated
 * size of a frame, and 1 MiB can inflate to 1 GiB. So this class replaces it, with the same Netty classes and a bound.
 */
public final class Deflate {

    static final String HEADER = "Sec-WebSocket-Extensions";

    private static final int LEVEL = 6;

    /**
     * The bytes that Netty's inflater may reserve beyond the bound before it sees that nothing follows. The link bounds
     * each message exactly.
     */
    private static final int SLACK_BYTES = 1024;

    private final WebSocketServerExtension extension;

    private Deflate(WebSocketServerExtension extension) {
        this.extension = extension;
    }

    /**
     * Negotiates the extension.
     *
     * @param offers the values of the request's Sec-WebSocket-Extensions
     * @return null if the server can accept no offer of the peer
     */
    public static @Nullable Deflate negotiate(List<String> offers, int maxPayloadBytes) {
        PerMessageDeflateServerExtensionHandshaker handshaker = new PerMessageDeflateServerExtensionHandshaker(
                LEVEL,
                false,
                PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE,
                true,
                false,
                maxPayloadBytes + SLACK_BYTES);
        for (String offer : offers) {
            for (WebSocketExtensionData data : WebSocketExtensionUtil.extractExtensions(offer)) {
                WebSocketServerExtension extension = handshaker.handshakeExtension(data);
                if (extension != null) {
                    return new Deflate(extension);
                }
            }
        }
        return null;
    }

    /** Returns the value of the response's Sec-WebSocket-Extensions. */
    public String answer() {
        WebSocketExtensionData data = extension.newReponseData();
        StringBuilder answer = new StringBuilder(data.name());
        data.parameters().forEach((name, value) -> {
            answer.append("; ").append(name);
            if (value != null) {
                answer.append('=').append(value);
            }
        });
        return answer.toString();
    }

    /** Removes Vert.x's own negotiation. Call it before the upgrade. */
    static void removeNegotiator(ChannelPipeline pipeline) {
        if (pipeline.get(WebSocketServerExtensionHandler.class) != null) {
            pipeline.remove(WebSocketServerExtensionHandler.class);
        }
    }

    /** Adds the handlers that inflate and deflate frames. */
    void install(ChannelPipeline pipeline, String before) {
        pipeline.addBefore(before, null, extension.newExtensionDecoder());
        pipeline.addBefore(before, null, extension.newExtensionEncoder());
    }
}
