package dev.tessera.impl.gateway.websocket.upgrade;

import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.ProgressWatch;
import dev.tessera.impl.gateway.websocket.FrameCode;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.gateway.websocket.codec.CodecLink;
import dev.tessera.impl.gateway.websocket.vertx.Deflate;
import dev.tessera.impl.gateway.websocket.vertx.VertxLink;
import dev.tessera.impl.http.RequestGuard;
import dev.tessera.impl.log.LimitedLog;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns HTTP requests into WebSocket connections.
 *
 * <p>Vert.x still accepts connections, does TLS and HTTP, and owns the context. {@link WebSocketOptions#applyTo} must
 * have been applied to the server's options. The caller decides which requests may open a WebSocket at all (path,
 * origin, credentials).
 *
 * <p>Thread: the event loop of the request.
 */
public final class WebSocketUpgrade {

    private static final LimitedLog FAILED =
            LimitedLog.debug(WebSocketUpgrade.class, "WebSocket handshake of {} failed");

    /** The name of Vert.x's own handler, the last one in the pipeline. */
    private static final String VERTX_HANDLER = "handler";

    private final WebSocketOptions options;
    private final IncomingTotal incoming;

    /**
     * Creates an upgrade with these options.
     *
     * @param incoming counts the unfinished messages of all connections
     */
    public WebSocketUpgrade(WebSocketOptions options, IncomingTotal incoming) {
        this.options = Objects.requireNonNull(options, "options");
        this.incoming = incoming;
    }

    /** Creates an upgrade with a total of its own. */
    public WebSocketUpgrade(WebSocketOptions options) {
        this(options, IncomingTotal.ofMax(0, options.maxPayloadBytes()));
    }

    /**
     * Opens a WebSocket, or answers a wrong handshake with 400, 405 or 426.
     *
     * <p>Call it before the request's handler returns: afterwards Vert.x takes the bytes after the handshake for HTTP.
     *
     * @param onOpen returns the listener of an open link; it runs on the request's event loop before anything is read,
     *     and may use the link
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
        @Nullable
        Deflate deflate = options.compression()
                ? Deflate.negotiate(request.headers().getAll(ServerHandshake.EXTENSIONS), options.maxPayloadBytes())
                : null;
        if (ServerHandshake.offersProtocol(request)) {
            request.response().putHeader(ServerHandshake.PROTOCOL, ServerHandshake.TESSERA);
        }
        ChannelPipeline pipeline = pipeline(request);
        // An earlier answer of the same read event may be larger than the buffer of the socket. Vert.x would flush it
        // at
        // the end of the event, which the new handlers do not pass on.
        pipeline.flush();
        ProgressWatch progress = leaveIdlenessToTheListener(pipeline);
        UpgradeLeftover leftover = UpgradeLeftover.keep(pipeline);
        boolean isNative = deflate == null && options.frameCode() == FrameCode.NATIVE;
        if (isNative) {
            // The codec counts by itself.
            pipeline.remove(progress);
        } else {
            leftover.emptyDecoder(pipeline);
        }
        (isNative
                        ? openNative(request, pipeline, context, onOpen)
                        : VertxLink.open(request, pipeline, context, deflate, options, incoming, progress, onOpen))
                .onComplete(
                        opened -> {
                            RequestGuard.leave(pipeline);
                            leftover.release(pipeline);
                        },
                        failure -> drop(request, failure));
        return true;
    }

    /**
     * Returns the pipeline of a connection. This is the only cast to a type that Vert.x does not export:
     * {@code toNetSocket()} would return the pipeline too late for {@link UpgradeLeftover}.
     */
    private static ChannelPipeline pipeline(HttpServerRequest request) {
        return ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .pipeline();
    }

    /**
     * Stops the idle timeout of HTTP, because a WebSocket may be silent for longer. Returns the handler that counts.
     */
    private static ProgressWatch leaveIdlenessToTheListener(ChannelPipeline pipeline) {
        ProgressWatch watch = pipeline.get(ProgressWatch.class);
        if (watch == null) {
            watch = new ProgressWatch(0);
            pipeline.addFirst(watch);
        }
        watch.stop();
        return watch;
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
                                incoming,
                                request.remoteAddress(),
                                context::dispatch,
                                onOpen)))
                .mapEmpty();
    }

    private static void drop(HttpServerRequest request, Throwable failure) {
        FAILED.log(request.remoteAddress(), failure);
        request.connection().close();
    }
}
