package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.LingeringClose;
import dev.tessera.impl.gateway.websocket.StallCheck;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.log.LimitedLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The server's end of a WebSocket connection (RFC 6455), as a handler in the Netty pipeline. It takes byte buffers from
 * the handler before it (the socket or TLS). It passes only the end of the connection on to the next handler.
 *
 * <h2>Design</h2>
 *
 * <p><b>Costs.</b> Unmasking and framing a small message takes nanoseconds. A buffer, an object per frame, a pipeline
 * call per frame or a flush costs many times that, so no message has one of its own. {@link FrameReader} copies the
 * bytes of a read event into one array and hands out slices of it. {@link Outbound} appends answers to one buffer and
 * writes it once per flush. If a listener answers in {@code onReadComplete}, all messages that came together cost one
 * read, one write and one flush.
 *
 * <p><b>Back pressure.</b> A peer that sends without reading must harm only itself. {@link #pause()} turns the socket's
 * reads off and keeps the messages that came with the current one; that is at most one round of reads.
 * {@link #isWritable()} is Netty's, and counts the bytes that wait for the socket. The link answers pings while the
 * socket takes the answers. After that it keeps only the last ping, as section 5.5.3 permits, and answers it when the
 * socket takes bytes again.
 *
 * <p><b>The end.</b> If a socket is closed while bytes of the peer lie unread, TCP sends a reset. The reset can destroy
 * bytes that the peer has not read yet: our last answers and the close frame. So the connection goes on reading after
 * our close frame, and drops the bytes:
 *
 * <pre>
 *              close()                      the peer's close frame
 *  OPEN ---------------------> CLOSING ----------------------------+
 *   |                             |                                |
 *   | a violation, or             | a violation                    v
 *   | the peer's close frame      +--------------------------> DISCARDING ---> CLOSED
 *   v                                                              ^
 *  ENDING ---------------------------------------------------------+
 *              the end of the read event, and our close frame
 * </pre>
 *
 * <p>In CLOSING the link still follows frames, to find the peer's close frame. In DISCARDING it does not. After a
 * violation it cannot follow them, so it shuts our side of the connection, and the peer sees that end. ENDING waits for
 * the end of the read event, so that answers written in {@code onReadComplete} leave before our close frame. From that
 * frame on a timer bounds the wait.
 *
 * <p>A listener that throws has broken an invariant. The link logs the exception and closes the connection with 1011.
 *
 * <p>Thread: the event loop of the connection. The given executor calls the listener at once, in the Vert.x context of
 * the connection.
 */
public final class CodecLink extends ChannelInboundHandlerAdapter implements WebSocketLink {

    private static final LimitedLog NO_LISTENER = LimitedLog.error(CodecLink.class, "No listener for {}");
    private static final LimitedLog LISTENER_FAILED = LimitedLog.error(CodecLink.class, "The listener of {} failed");
    private static final LimitedLog CONNECTION_FAILED = LimitedLog.debug(CodecLink.class, "Connection of {} failed");
    private static final byte[] NO_PAYLOAD = {};
    private static final String FAILED = "internal error";

    private enum State {
        OPEN,
        ENDING,
        CLOSING,
        DISCARDING,
        CLOSED
    }

    private final SocketAddress remoteAddress;
    private final Executor inContext;
    private final Function<? super WebSocketLink, ? extends WebSocketListener> onOpen;
    private final long closeTimeoutMs;
    private final FrameReader reader;
    private final StallCheck stallCheck = new StallCheck();
    private ChannelHandlerContext ctx;
    private ReadBacklog backlog;
    private Outbound outbound;
    private Pongs pongs;
    private CloseHandshake closeHandshake;
    private WebSocketListener listener;

    private State state = State.OPEN;

    /** Bytes have come since the last {@code onReadComplete}. */
    private boolean inReadEvent;

    /**
     * Creates a link that opens when it is added to a pipeline.
     *
     * @param incoming counts the unfinished messages of all connections
     * @param inContext runs a task at once
     * @param onOpen returns the listener of this link, and may use the link
     */
    @SuppressWarnings("NullAway.Init") // handlerAdded sets the other fields before any other method is called
    public CodecLink(
            int maxPayloadBytes,
            long closeTimeoutMs,
            IncomingTotal incoming,
            SocketAddress remoteAddress,
            Executor inContext,
            Function<? super WebSocketLink, ? extends WebSocketListener> onOpen) {
        this.remoteAddress = remoteAddress;
        this.inContext = inContext;
        this.onOpen = onOpen;
        this.closeTimeoutMs = closeTimeoutMs;
        this.reader = new FrameReader(maxPayloadBytes, incoming, new Inbound());
    }

    // Events of the pipeline

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        backlog = new ReadBacklog(context.channel(), () -> inContext.execute(this::readBacklog));
        outbound = new Outbound(context);
        pongs = new Pongs(context.channel(), outbound);
        closeHandshake = new CloseHandshake(closeTimeoutMs, context, outbound);
        inContext.execute(this::open);
    }

    private void open() {
        try {
            listener = onOpen.apply(this);
        } catch (RuntimeException | Error e) {
            NO_LISTENER.log(remoteAddress, e);
            LingeringClose.drop(ctx.channel());
        }
        if (state != State.CLOSED && listener != null && ctx.channel().isActive()) {
            backlog.open();
        } else {
            // The connection ended during onOpen, so the listener must learn it now.
            state = State.OPEN;
            end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (state == State.OPEN) {
            inReadEvent = true;
            inContext.execute(() -> take(bytes));
        } else {
            take(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (inReadEvent) {
            inContext.execute(this::endReadEvent);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && state == State.OPEN) {
            // In a later turn, because the listener may be in a flush right now.
            context.executor().execute(() -> inContext.execute(this::becomeWritable));
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        CONNECTION_FAILED.log(remoteAddress, cause);
        LingeringClose.drop(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inContext.execute(this::end);
        context.fireChannelInactive();
    }

    // Input

    private void take(ByteBuf bytes) {
        if (!backlog.offer(bytes)) {
            read(bytes);
        }
    }

    private void read(ByteBuf bytes) {
        if (state != State.OPEN && state != State.CLOSING) {
            bytes.release();
            return;
        }
        try {
            ByteBuf rest = reader.read(bytes);
            if (rest != null && state == State.OPEN) {
                backlog.addFirst(rest);
            } else if (rest != null) {
                rest.release();
            }
        } catch (RuntimeException | Error e) {
            LISTENER_FAILED.log(remoteAddress, e);
            // The reader was interrupted within a frame.
            finish(CloseStatus.INTERNAL_ERROR, FAILED, true);
        }
    }

    private void readBacklog() {
        for (ByteBuf bytes; (bytes = backlog.next()) != null; ) {
            inReadEvent |= state == State.OPEN;
            read(bytes);
        }
        if (inReadEvent) {
            endReadEvent();
        }
    }

    private void endReadEvent() {
        inReadEvent = false;
        if (state == State.CLOSED) {
            return;
        }
        call(listener::onReadComplete);
        if (state == State.ENDING) {
            state = State.DISCARDING;
            closeHandshake.send();
            closeHandshake.closeWhenSent();
        } else if (state == State.OPEN) {
            pongs.flush();
        }
    }

    private void becomeWritable() {
        if (isWritable()) {
            pongs.answerLast();
            call(listener::onWritable);
        }
    }

    /** Runs a method of the listener. */
    private void call(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            LISTENER_FAILED.log(remoteAddress, e);
            close(CloseStatus.INTERNAL_ERROR, FAILED);
        }
    }

    /** Ends an open connection after the current read event, and a closing one now. */
    private void finish(int status, String reason, boolean isBlind) {
        if (state == State.OPEN) {
            state = State.ENDING;
            closeHandshake.prepare(status, reason, isBlind);
        } else if (state == State.CLOSING) {
            state = State.DISCARDING;
            closeHandshake.setBlind(isBlind);
            closeHandshake.closeWhenSent();
        }
    }

    private void end() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        closeHandshake.cancel();
        outbound.release();
        reader.dropMessages();
        backlog.release();
        if (listener != null) {
            listener.onClosed();
        }
    }

    // Calls of the listener

    @Override
    public void writeText(byte[] bytes, int offset, int length) {
        if (state == State.OPEN || state == State.ENDING) {
            outbound.text(bytes, offset, length);
        }
    }

    @Override
    public void flush() {
        if (state == State.OPEN || state == State.ENDING) {
            outbound.flush();
        }
    }

    @Override
    public void ping() {
        if (state == State.OPEN) {
            outbound.control(FrameHeader.PING, NO_PAYLOAD, 0, 0);
            outbound.flush();
        }
    }

    @Override
    public void close(int status, String reason) {
        CloseStatus.require(status, reason);
        if (state == State.OPEN) {
            state = State.CLOSING;
            reader.dropMessages();
            closeHandshake.prepare(status, reason, false);
            closeHandshake.send();
            resume();
        }
    }

    @Override
    public void abort() {
        if (state != State.CLOSED) {
            LingeringClose.drop(ctx.channel());
        }
    }

    @Override
    public void pause() {
        if (state == State.OPEN) {
            backlog.pause();
            stallCheck.reset();
        }
    }

    @Override
    public void resume() {
        if (state != State.CLOSED) {
            backlog.resume();
        }
    }

    @Override
    public boolean isWritable() {
        return state == State.OPEN && ctx.channel().isWritable();
    }

    @Override
    public long unsentBytes() {
        return state == State.CLOSED ? 0 : outbound.unsentBytes();
    }

    @Override
    public long takenBytes() {
        return outbound.takenBytes();
    }

    @Override
    public boolean isStalled() {
        return state == State.OPEN
                && !backlog.isPaused()
                && stallCheck.check(reader.isUnfinished(), reader.messagesEnded(), reader.messageBytes());
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** Handles the findings of the reader. */
    private final class Inbound implements FrameReader.Sink {

        @Override
        public void text(byte[] bytes, int offset, int length) {
            listener.onText(bytes, offset, length);
        }

        @Override
        public void binary() {
            listener.onBinary();
        }

        @Override
        public void tooLarge() {
            listener.onTooLarge();
        }

        @Override
        public void noRoom() {
            listener.onNoRoom();
        }

        @Override
        public void ping(byte[] bytes, int offset, int length) {
            pongs.answer(bytes, offset, length);
        }

        @Override
        public void close(int status) {
            finish(status, "", false);
        }

        @Override
        public void violation(int status, String reason) {
            finish(status, reason, true);
        }

        @Override
        public boolean isReady() {
            return (state == State.OPEN && !backlog.isPaused()) || state == State.CLOSING;
        }
    }
}
