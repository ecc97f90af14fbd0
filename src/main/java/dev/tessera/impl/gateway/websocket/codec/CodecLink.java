package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.LingeringClose;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a WebSocket connection (RFC 6455) as a handler in the Netty pipeline: it takes byte buffers from
 * the handler before it (the socket or TLS), and lets nothing but the end of the connection through to the handler
 * behind it.
 *
 * <h2>Design</h2>
 *
 * <p><b>What costs.</b> To unmask and to frame a small message is a matter of nanoseconds; a buffer, an object per
 * frame, a pipeline call per frame or a flush cost many times that. So there are none of these per message:
 * {@link FrameReader} copies what a read event brought into one array and hands out slices of it, {@link Outbound}
 * appends answers to one buffer and writes it once per flush. A listener that answers in {@code onReadComplete} costs
 * one read, one write and one flush for however many messages came together.
 *
 * <p><b>Who waits.</b> A peer that sends without reading must harm only itself. {@link #pause()} turns the socket's
 * reads off and keeps back the messages that were read with the one at hand; at most one round of reads is held.
 * {@link #isWritable()} is Netty's, by the bytes that wait for the socket. Pings are answered while the socket takes
 * the answers; after that only the last ping is remembered, as section 5.5.3 permits, and answered when the socket
 * takes bytes again.
 *
 * <p><b>How it ends.</b> Closing a socket while bytes of the peer lie unread makes TCP send a reset, which can destroy
 * what the peer has not read yet: our last answers and the close frame. So after each close frame of ours the
 * connection goes on reading, and drops what it reads:
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
 * <p>In CLOSING frames are still followed, to find the peer's close frame. In DISCARDING they are not; after a
 * violation they cannot be, and our side of the connection is shut so that the peer sees its end. ENDING waits for the
 * end of the read event, so that answers given in {@code onReadComplete} go out before our close frame. From that frame
 * on a timer bounds it all.
 *
 * <p>A listener that throws has broken an invariant: it is logged, and the connection closes with 1011.
 *
 * <p>Thread: the event loop of the connection. Listeners are called through the executor given, which runs its task at
 * once, in the Vert.x context of the connection.
 */
public final class CodecLink extends ChannelInboundHandlerAdapter implements WebSocketLink {

    private static final Logger LOG = LoggerFactory.getLogger(CodecLink.class);
    private static final byte[] NO_PAYLOAD = {};
    private static final String LISTENER_FAILED = "The listener of {} failed";
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
    private final ReadBacklog held = new ReadBacklog();
    private ChannelHandlerContext ctx;
    private Outbound outbound;
    private Pongs pongs;
    private CloseHandshake farewell;
    private WebSocketListener listener;

    private State state = State.OPEN;

    /** Bytes have come since the last {@code onReadComplete}. */
    private boolean inReadEvent;

    /**
     * @param inContext runs a task at once
     * @param onOpen gets this link when it stands in the pipeline, and gives its listener; the link may be used there
     */
    public CodecLink(
            int maxPayloadBytes,
            long closeTimeoutMs,
            SocketAddress remoteAddress,
            Executor inContext,
            Function<? super WebSocketLink, ? extends WebSocketListener> onOpen) {
        this.remoteAddress = remoteAddress;
        this.inContext = inContext;
        this.onOpen = onOpen;
        this.closeTimeoutMs = closeTimeoutMs;
        this.reader = new FrameReader(maxPayloadBytes, new Inbound());
    }

    // What the pipeline tells

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        outbound = new Outbound(context);
        pongs = new Pongs(context.channel(), outbound);
        farewell = new CloseHandshake(closeTimeoutMs, context, outbound);
        inContext.execute(this::open);
    }

    private void open() {
        try {
            listener = onOpen.apply(this);
        } catch (RuntimeException | Error e) {
            LOG.error("No listener for {}", remoteAddress, e);
            LingeringClose.drop(ctx.channel());
        }
        if (state != State.CLOSED && listener != null && ctx.channel().isActive()) {
            ctx.channel().config().setAutoRead(!held.isPaused());
        } else {
            // It ended while the listener was made, and has to be told.
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
            // In a later turn: this call may come from within a flush of the listener's.
            context.executor().execute(() -> inContext.execute(this::becomeWritable));
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Connection of {} failed", remoteAddress, cause);
        LingeringClose.drop(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inContext.execute(this::end);
        context.fireChannelInactive();
    }

    // What comes in

    private void take(ByteBuf bytes) {
        if (!held.hold(bytes)) {
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
                held.holdRest(rest);
            } else if (rest != null) {
                rest.release();
            }
        } catch (RuntimeException | Error e) {
            LOG.error(LISTENER_FAILED, remoteAddress, e);
            // The reader was interrupted within a frame.
            finish(CloseStatus.INTERNAL_ERROR, FAILED, true);
        }
    }

    private void readHeld() {
        for (ByteBuf bytes; (bytes = held.next()) != null; ) {
            inReadEvent |= state == State.OPEN;
            read(bytes);
        }
        if (inReadEvent) {
            endReadEvent();
        }
        held.resumed(ctx.channel());
    }

    private void endReadEvent() {
        inReadEvent = false;
        if (state == State.CLOSED) {
            return;
        }
        tell(listener::onReadComplete);
        if (state == State.ENDING) {
            state = State.DISCARDING;
            farewell.send();
            farewell.leave();
        } else if (state == State.OPEN) {
            pongs.flush();
        }
    }

    private void becomeWritable() {
        if (isWritable()) {
            pongs.answerLast();
            tell(listener::onWritable);
        }
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            LOG.error(LISTENER_FAILED, remoteAddress, e);
            close(CloseStatus.INTERNAL_ERROR, FAILED);
        }
    }

    /** Ends what is open behind the read event under way; what is closing already, now. */
    private void finish(int status, String reason, boolean isBlind) {
        if (state == State.OPEN) {
            state = State.ENDING;
            farewell.prepare(status, reason, isBlind);
        } else if (state == State.CLOSING) {
            state = State.DISCARDING;
            farewell.setBlind(isBlind);
            farewell.leave();
        }
    }

    private void end() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        farewell.cancel();
        outbound.release();
        reader.dropMessages();
        held.release();
        if (listener != null) {
            listener.onClosed();
        }
    }

    // What the listener asks for

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
            farewell.prepare(status, reason, false);
            farewell.send();
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
        if (state == State.OPEN && !held.isPaused()) {
            held.pause(ctx.channel());
        }
    }

    @Override
    public void resume() {
        if (held.isPaused() && held.resume(ctx.channel())) {
            ctx.executor().execute(() -> inContext.execute(this::readHeld));
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
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** What the reader finds. */
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
            return state == State.OPEN && !held.isPaused() || state == State.CLOSING;
        }
    }
}
