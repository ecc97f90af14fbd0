package dev.tessera.impl.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the decoder and Vert.x, and lets only requests pass that both sides understand alike.
 *
 * <ul>
 *   <li>A request with a {@link HttpProblem} never reaches Vert.x, nor does anything after it. After the answers to
 *       earlier requests, its client gets the status, and the connection closes.
 *   <li>The host of a target that is a whole URL replaces the Host header.
 *   <li>Offers of HTTP/2 by an upgrade are removed from the request, because RFC 9110, section 7.8, lets a server
 *       ignore them. The upgrade of Vert.x loses the request if the offer is incomplete or the body waits for 100.
 *   <li>A WebSocket handshake waits, with all bytes after it, until the earlier requests are answered. Vert.x would
 *       take its frames for HTTP.
 * </ul>
 *
 * <p>Thread: the event loop of the connection.
 */
public final class RequestGuard extends ChannelDuplexHandler {

    private static final long LINGER_SECONDS = 2;

    private final Supplier<HttpRequestDecoder> decoders;
    private final ErrorBody errors;

    /** Requests that Vert.x has got, and responses that it has written to the end. */
    private long requests;

    private long responses;
    /** The beginning of a response is written, and its end is not. */
    private boolean isResponding;

    private @Nullable HttpProblem problem;
    /** Responses that must be complete before the problem is answered. */
    private long responsesBeforeProblem;

    private boolean isClosing;

    /** A handshake that waits, and all that came after it; null if none waits. */
    private @Nullable ArrayDeque<Object> waiting;

    RequestGuard(Supplier<HttpRequestDecoder> decoders, ErrorBody errors) {
        this.decoders = decoders;
        this.errors = errors;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (problem != null) {
            ReferenceCountUtil.release(message);
        } else if (waiting != null) {
            hold(ctx, waiting, message);
        } else if (message instanceof HttpRequest request) {
            HttpProblem found = HttpProblem.ofHead(request);
            if (found != null) {
                ReferenceCountUtil.release(message);
                refuse(ctx, found, requests);
            } else if (UpgradeOffer.isWebSocket(request) && responses < requests) {
                waiting = new ArrayDeque<>();
                hold(ctx, waiting, message);
            } else {
                pass(ctx, request);
            }
        } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            refuse(ctx, HttpProblem.BODY, requests - 1);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (isClosing) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        boolean isInterim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        boolean isLast = message instanceof LastHttpContent && !isInterim;
        if (isLast) {
            responses++;
            isResponding = false;
        } else if (message instanceof HttpResponse && !isInterim) {
            isResponding = true;
        }
        ctx.write(message, promise);
        if (isLast && (problem != null || waiting != null)) {
            // In a later turn, because Vert.x is in the middle of its own write.
            ctx.executor().execute(() -> proceed(ctx));
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropWaiting();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        dropWaiting();
        ctx.fireChannelInactive();
    }

    /** Leaves the pipeline of a connection that speaks another protocol from now on. */
    public static void leave(ChannelPipeline pipeline) {
        if (pipeline.get(RequestGuard.class) != null) {
            pipeline.remove(RequestGuard.class);
        }
    }

    private void pass(ChannelHandlerContext ctx, HttpRequest request) {
        UpgradeOffer.removeHttp2(request.headers());
        TargetAuthority.replaceHost(request);
        requests++;
        ctx.fireChannelRead(request);
    }

    private void proceed(ChannelHandlerContext ctx) {
        if (problem != null) {
            answer(ctx, problem);
        } else if (waiting != null && responses == requests && ctx.channel().isActive()) {
            release(ctx, waiting);
        }
    }

    // Problems

    private void refuse(ChannelHandlerContext ctx, HttpProblem found, long responsesBefore) {
        problem = found;
        responsesBeforeProblem = responsesBefore;
        answer(ctx, found);
    }

    private void answer(ChannelHandlerContext ctx, HttpProblem found) {
        if (isClosing || isResponding || responses < responsesBeforeProblem) {
            return;
        }
        isClosing = true;
        // If the request was answered before its body had come, only the connection is left to end.
        Object last = responses > responsesBeforeProblem ? Unpooled.EMPTY_BUFFER : response(found);
        ctx.writeAndFlush(last).addListener(sent -> close(ctx));
    }

    private FullHttpResponse response(HttpProblem found) {
        byte[] body = errors.of(found.message());
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(found.status()), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    /** Ends our side, and reads on for a while, because a reset would take the answer from the client. */
    @SuppressWarnings("FutureReturnValueIgnored") // the timer closes a connection that goes on
    private static void close(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(true);
        if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
        }
        ScheduledFuture<?> end = ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        ctx.channel().closeFuture().addListener(closed -> end.cancel(false));
    }

    // Handshakes

    /**
     * Keeps a message, and stops reading again in case Vert.x has resumed it: what waits is at most one read event.
     * After the end of the handshake the decoder leaves, because frames follow.
     */
    private static void hold(ChannelHandlerContext ctx, ArrayDeque<Object> kept, Object message) {
        kept.add(message);
        ctx.channel().config().setAutoRead(false);
        if (message instanceof LastHttpContent) {
            ctx.pipeline().remove(StrictHttp.DECODER);
        }
    }

    private void release(ChannelHandlerContext ctx, ArrayDeque<Object> kept) {
        waiting = null;
        ChannelPipeline pipeline = ctx.pipeline();
        if (pipeline.get(StrictHttp.DECODER) == null) {
            pipeline.addBefore(StrictHttp.ENCODER, StrictHttp.DECODER, decoders.get());
        }
        ctx.channel().config().setAutoRead(true);
        pass(ctx, (HttpRequest) kept.remove());
        for (Object message : kept) {
            if (message instanceof HttpObject) {
                ctx.fireChannelRead(message);
            } else {
                // The decoder reads it, or the handlers that have replaced it.
                pipeline.fireChannelRead(message);
            }
        }
        pipeline.fireChannelReadComplete();
    }

    private void dropWaiting() {
        if (waiting != null) {
            waiting.forEach(ReferenceCountUtil::release);
            waiting = null;
        }
    }
}
