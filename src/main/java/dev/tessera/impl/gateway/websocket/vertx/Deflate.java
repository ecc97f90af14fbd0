package dev.tessera.impl.gateway.websocket.vertx;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.List;

/**
 * permessage-deflate (RFC 7692) on one connection. Vert.x's own negotiation sets no bound on what a frame inflates to,
 * and 1 MiB can inflate to 1 GiB; so this one takes its place, with the same Netty classes and a bound.
 */
public final class Deflate {

    static final String HEADER = "Sec-WebSocket-Extensions";

    private static final int LEVEL = 6;

    /**
     * Netty's inflater asks for more room before it sees that nothing follows; exactness is the link's, by the message.
     */
    private static final int SLACK_BYTES = 1024;

    private final WebSocketServerExtension extension;

    private Deflate(WebSocketServerExtension extension) {
        this.extension = extension;
    }

    /**
     * @param offers the values of the request's Sec-WebSocket-Extensions
     * @return null if the peer offers nothing that can be taken
     */
    public static Deflate negotiate(List<String> offers, int maxPayloadBytes) {
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

    /** What the response's Sec-WebSocket-Extensions says. */
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

    /** Takes out Vert.x's negotiation; to be called before the upgrade. */
    static void removeNegotiator(ChannelPipeline pipeline) {
        if (pipeline.get(WebSocketServerExtensionHandler.class) != null) {
            pipeline.remove(WebSocketServerExtensionHandler.class);
        }
    }

    void install(ChannelPipeline pipeline, String before) {
        pipeline.addBefore(before, null, extension.newExtensionDecoder());
        pipeline.addBefore(before, null, extension.newExtensionEncoder());
    }
}
