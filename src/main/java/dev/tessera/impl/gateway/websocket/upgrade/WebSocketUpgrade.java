package dev.tessera.impl.gateway.websocket.upgrade;

import dev.tessera.impl.gateway.websocket.FrameCode;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.gateway.websocket.codec.CodecLink;
import dev.tessera.impl.gateway.websocket.vertx.Deflate;
import dev.tessera.impl.gateway.websocket.vertx.VertxLink;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns HTTP requests into WebSocket connections.
 *
 * <p>Accepting, TLS, HTTP and the verticle's context stay Vert.x's. The server must have been made with
 * {@link WebSocketOptions#applyTo}. Whoever may open a WebSocket at all (path, origin, credentials) is the caller's to
 * decide.
 *
 * <p>Thread: the event loop of the request.
 */
public final class WebSocketUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketUpgrade.class);

    /** Vert.x's name for its own handler, the last one in the pipeline. */
    private static final String VERTX_HANDLER = "handler";

    private final WebSocketOptions options;

    public WebSocketUpgrade(WebSocketOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Opens a WebSocket, or answers a handshake that is wrong with 400, 405 or 426.
     *
     * <p>To be called before the request's handler returns: what the peer sends behind its handshake later than that
     * has been taken for HTTP.
     *
     * @param onOpen is called on the request's event loop with an open link, before anything has been read from it, and
     *     gives the listener that is told everything else; it may use the link
     * @return whether the handshake was right
     */
    public boolean open(
            HttpServerRequest request, Function<? super WebSocketLink, ? extends WebSocketListener> onOpen) {
        ServerHandshake handshake = ServerHandshake.check(request);
        if (!handshake.isRight()) {
            handshake.refuse(request);
            return false;
        }
        ContextInternal context = ContextInternal.current().unwrap();
        if (!context.isEventLoopContext()) {
            throw new IllegalStateException("WebSockets need an event loop, this is " + context.threadingModel());
        }
        Deflate deflate = options.compression()
                ? Deflate.negotiate(request.headers().getAll(ServerHandshake.EXTENSIONS), options.maxPayloadBytes())
                : null;
        ChannelPipeline pipeline = pipeline(request);
        leaveIdlenessToTheListener(pipeline);
        UpgradeLeftover early = UpgradeLeftover.keep(pipeline);
        (deflate != null || options.frameCode() == FrameCode.VERTX
                        ? VertxLink.open(request, pipeline, context, deflate, options, onOpen)
                        : openNative(request, pipeline, context, onOpen))
                .onComplete(opened -> early.release(pipeline), failure -> drop(request, failure));
        return true;
    }

    /**
     * The only cast to a type that Vert.x does not export: the pipeline is needed before {@code toNetSocket()} would
     * give it, to keep {@link UpgradeLeftover}.
     */
    private static ChannelPipeline pipeline(HttpServerRequest request) {
        return ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .pipeline();
    }

    /** The idle timeout of the HTTP server would go on for the WebSocket, which may be silent for longer. */
    private static void leaveIdlenessToTheListener(ChannelPipeline pipeline) {
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
    }

    private Future<Void> openNative(
            HttpServerRequest request,
            ChannelPipeline pipeline,
            ContextInternal context,
            Function<? super WebSocketLink, ? extends WebSocketListener> onOpen) {
        request.response()
                .putHeader(HttpHeaders.UPGRADE, ServerHandshake.WEBSOCKET)
                .putHeader(HttpHeaders.CONNECTION, ServerHandshake.UPGRADE)
                .putHeader(
                        ServerHandshake.ACCEPT,
                        ServerHandshake.accept(
                                request.getHeader(ServerHandshake.KEY).trim()));
        return request.toNetSocket()
                .onSuccess(socket -> pipeline.addBefore(
                        VERTX_HANDLER,
                        null,
                        new CodecLink(
                                options.maxPayloadBytes(),
                                options.closeTimeoutMs(),
                                request.remoteAddress(),
                                context::dispatch,
                                onOpen)))
                .mapEmpty();
    }

    private static void drop(HttpServerRequest request, Throwable failure) {
        LOG.debug("WebSocket handshake of {} failed", request.remoteAddress(), failure);
        request.connection().close();
    }
}
