package dev.tessera.impl.gateway.websocket.vertx;

import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.ProgressWatch;
import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.LingeringClose;
import dev.tessera.impl.gateway.websocket.StallCheck;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.gateway.websocket.codec.FrameSplitter;
import dev.tessera.impl.log.LimitedLog;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A link over Vert.x's WebSocket. The {@code frameHandler} receives single frames, and the link joins them to messages
 * of a bounded size. Answers are Vert.x's text frames, and a Netty handler joins their flushes. A read event is a turn
 * of the event loop in which frames came.
 *
 * <p>{@link FrameGuard} finds the faults that Vert.x would not handle. If the link is paused, a finding waits until the
 * link has handed over the messages that came before it.
 *
 * <p>Thread: the event loop of the connection.
 */
public final class VertxLink implements WebSocketLink {

    private static final LimitedLog NO_LISTENER = LimitedLog.error(VertxLink.class, "No listener for {}");
    private static final LimitedLog LISTENER_FAILED = LimitedLog.error(VertxLink.class, "The listener of {} failed");
    private static final LimitedLog CONNECTION_FAILED = LimitedLog.debug(VertxLink.class, "Connection of {} failed");
    private static final String VERTX_HANDLER = "handler";
    private static final String WEBSOCKET = "websocket";
    private static final String FRAME_DECODER = "wsdecoder";
    private static final int FLUSHES_JOINED_MAX = 256;

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final ServerWebSocket socket;
    private final ContextInternal context;
    private final Channel channel;
    private final FrameSplitter splitter;
    private final MessageJoiner joiner;
    private final LingeringClose lingeringClose;
    private WebSocketListener listener;

    private State state = State.OPEN;
    private final ProgressWatch progress;
    private final StallCheck stallCheck = new StallCheck();
    private boolean paused;
    /** Vert.x keeps frames back. It may do so for a turn longer than the link is paused. */
    private boolean isSocketPaused;

    private boolean isReadCompleteDue;

    /** The finding of {@link FrameGuard}, until the link has handed over all messages before it; null if none. */
    private @Nullable Runnable finding;

    private boolean isBlind;

    private long unsentBytes;

    @SuppressWarnings("NullAway.Init") // start() sets the listener before any event
    private VertxLink(
            ServerWebSocket socket,
            ContextInternal context,
            Channel channel,
            FrameSplitter splitter,
            ProgressWatch progress,
            WebSocketOptions options,
            IncomingTotal incoming) {
        this.socket = socket;
        this.context = context;
        this.channel = channel;
        this.splitter = splitter;
        this.progress = progress;
        this.joiner = new MessageJoiner(options.maxPayloadBytes(), incoming);
        this.lingeringClose = new LingeringClose(options.closeTimeoutMs());
    }

    /**
     * Answers a right handshake and opens the link.
     *
     * @param deflate null if messages are not compressed
     * @param incoming counts the unfinished messages of all connections
     * @param progress counts the bytes that the peer takes
     */
    public static Future<Void> open(
            HttpServerRequest request,
            ChannelPipeline pipeline,
            ContextInternal context,
            @Nullable Deflate deflate,
            WebSocketOptions options,
            IncomingTotal incoming,
            ProgressWatch progress,
            Function<? super WebSocketLink, ? extends WebSocketListener> onOpen) {
        Deflate.removeNegotiator(pipeline);
        // Vert.x and Netty expect one value, although several are allowed.
        request.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).set(HttpHeaders.UPGRADE, WEBSOCKET);
        if (deflate != null) {
            request.response().putHeader(Deflate.HEADER, deflate.answer());
        }
        return request.toWebSocket()
                .onSuccess(socket -> {
                    FrameSplitter splitter = new FrameSplitter(options.maxPayloadBytes());
                    pipeline.replace(FRAME_DECODER, FRAME_DECODER, splitter);
                    if (deflate != null) {
                        deflate.install(pipeline, VERTX_HANDLER);
                    }
                    VertxLink link =
                            new VertxLink(socket, context, pipeline.channel(), splitter, progress, options, incoming);
                    pipeline.addBefore(VERTX_HANDLER, null, new FrameGuard(link.new Findings()));
                    pipeline.addBefore(FRAME_DECODER, null, new FlushConsolidationHandler(FLUSHES_JOINED_MAX, true));
                    link.start(onOpen);
                })
                .mapEmpty();
    }

    private void start(Function<? super WebSocketLink, ? extends WebSocketListener> onOpen) {
        try {
            listener = onOpen.apply(this);
        } catch (RuntimeException | Error e) {
            NO_LISTENER.log(remoteAddress(), e);
            state = State.CLOSED;
            LingeringClose.drop(channel);
            return;
        }
        if (state == State.CLOSED || socket.isClosed()) {
            end();
            return;
        }
        socket.frameHandler(frame -> guarded(() -> take(frame)));
        socket.drainHandler(drained -> inLaterTurn(this::becomeWritable));
        socket.closeHandler(closed -> end());
        socket.exceptionHandler(cause -> CONNECTION_FAILED.log(remoteAddress(), cause));
    }

    // Input

    private void take(WebSocketFrame frame) {
        if (frame.isClose()) {
            // Vert.x has answered. It would wait forever for a peer that does not take the answer.
            lingeringClose.start(channel);
        }
        if (state != State.OPEN) {
            return;
        }
        if (!isReadCompleteDue) {
            isReadCompleteDue = true;
            inLaterTurn(this::endReadEvent);
        }
        joiner.take(frame, listener);
    }

    private void endReadEvent() {
        isReadCompleteDue = false;
        if (state != State.CLOSED) {
            listener.onReadComplete();
        }
    }

    private void becomeWritable() {
        if (isWritable()) {
            listener.onWritable();
        }
    }

    private void reportFinding() {
        Runnable found = finding;
        if (found != null && !paused && state == State.OPEN) {
            finding = null;
            found.run();
        }
    }

    private void inLaterTurn(Runnable task) {
        context.runOnContext(turn -> guarded(task));
    }

    /** Runs a task that calls the listener. A listener that throws has broken an invariant. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LISTENER_FAILED.log(remoteAddress(), e);
            close(CloseStatus.INTERNAL_ERROR, "internal error");
        }
    }

    private void end() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            joiner.stop();
            lingeringClose.cancel();
            listener.onClosed();
        }
    }

    // Calls of the listener

    private boolean takesFrames() {
        return state == State.OPEN && !socket.isClosed();
    }

    @Override
    public void writeText(byte[] bytes, int offset, int length) {
        if (takesFrames()) {
            unsentBytes += length;
            socket.writeFrame(WebSocketFrame.textFrame(new String(bytes, offset, length, StandardCharsets.UTF_8), true))
                    .onComplete(sent -> unsentBytes -= length);
        }
    }

    /** Does nothing, because Vert.x flushes by itself and a handler joins the flushes of one turn. */
    @Override
    public void flush() {}

    @Override
    public void ping() {
        if (takesFrames()) {
            socket.writePing(Buffer.buffer());
        }
    }

    @Override
    public void close(int status, String reason) {
        CloseStatus.require(status, reason);
        if (takesFrames()) {
            state = State.CLOSING;
            joiner.stop();
            lingeringClose.start(channel);
            socket.close((short) status, reason);
            if (isBlind && channel.isWritable()) {
                channel.pipeline()
                        .context(FrameGuard.class)
                        .writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(sent -> LingeringClose.shutOutput(channel));
            }
            resume();
        }
    }

    @Override
    public void abort() {
        if (state != State.CLOSED) {
            LingeringClose.drop(channel);
        }
    }

    @Override
    public void pause() {
        if (state == State.OPEN && !paused) {
            paused = true;
            isSocketPaused = true;
            splitter.pause();
            stallCheck.reset();
            socket.pause();
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void resume() {
        if (paused && state != State.CLOSED) {
            paused = false;
            inLaterTurn(this::readAgain);
        }
    }

    /** Hands over the frames that Vert.x has kept, and reads again afterwards. */
    private void readAgain() {
        if (paused || state == State.CLOSED) {
            return;
        }
        isSocketPaused = false;
        // Vert.x hands its frames over in the next turn, so the splitter goes on in the turn after that. Otherwise
        // Vert.x
        // would keep all messages of a read, inflated, if the listener pauses at the first one.
        socket.resume();
        inLaterTurn(this::readSocketAgain);
    }

    private void readSocketAgain() {
        if (paused || isSocketPaused || state == State.CLOSED) {
            return;
        }
        channel.config().setAutoRead(true);
        splitter.resume();
        inLaterTurn(this::reportFinding);
    }

    @Override
    public boolean isWritable() {
        return takesFrames() && !socket.writeQueueFull();
    }

    @Override
    public long unsentBytes() {
        return state == State.CLOSED ? 0 : unsentBytes;
    }

    @Override
    public long takenBytes() {
        return progress.takenBytes(channel);
    }

    @Override
    public boolean isStalled() {
        return state == State.OPEN
                && !paused
                && stallCheck.check(splitter.isUnfinished(), splitter.messagesEnded(), splitter.messageBytes());
    }

    @Override
    public SocketAddress remoteAddress() {
        return socket.remoteAddress();
    }

    /** Reports the findings of the guard in a later turn, as the end of the read event is reported. */
    private final class Findings implements FrameGuard.Owner {

        @Override
        public void tooLarge(boolean blind) {
            if (blind) {
                goBlind();
            }
            report(() -> {
                joiner.stop();
                listener.onTooLarge();
                endReadEvent();
            });
        }

        @Override
        public void violation(int status, String reason) {
            goBlind();
            report(() -> close(status, reason));
        }

        private void goBlind() {
            isBlind = true;
            channel.pipeline().addBefore(FRAME_DECODER, null, Drain.INSTANCE);
        }

        private void report(Runnable found) {
            finding = found;
            if (!paused) {
                inLaterTurn(VertxLink.this::reportFinding);
            }
        }
    }
}
