package dev.tessera.gateway.websocket.codec;

import dev.tessera.gateway.websocket.CloseStatus;
import dev.tessera.gateway.websocket.Linger;
import dev.tessera.gateway.websocket.WebSocketLink;
import dev.tessera.gateway.websocket.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a WebSocket connection (RFC 6455) as a handler in the Netty pipeline: it takes byte buffers from the
 * handler before it (the socket or TLS), and lets nothing but the end of the connection through to the handler behind it.
 *
 * <h2>Design</h2>
 *
 * <p><b>What costs.</b> A message of 100 bytes takes some 10 ns to unmask and to frame; a buffer, an object per frame, a
 * pipeline call per frame or a flush cost several times that. So there are none of these per message: {@link FrameReader}
 * copies what a read event brought into one array and hands out slices of it, {@link Outbound} appends answers to one buffer
 * and writes it once per flush. A listener that answers in {@code onReadComplete} costs one read, one write and one flush for
 * however many messages came together.
 *
 * <p><b>Who waits.</b> A peer that sends without reading must harm only itself. {@link #pause()} turns the socket's reads off
 * and keeps back the messages that were read with the one at hand; at most one round of reads is held. {@link #isWritable()}
 * is Netty's, by the bytes that wait for the socket. Pings are answered while the socket takes the answers; after that only
 * the last ping is remembered, as section 5.5.3 permits, and answered when the socket takes bytes again.
 *
 * <p><b>How it ends.</b> Closing a socket while bytes of the peer lie unread makes TCP send a reset, which can destroy what
 * the peer has not read yet: our last answers and the close frame. So after each close frame of ours the connection goes on
 * reading, and drops what it reads:
 *
 * <pre>
 *           close()                  the peer's close frame
 *  OPEN ---------------> CLOSING ----------------------------+
 *   |                       | violation                      |
 *   | violation, or         v                                v
 *   | the peer's ----> DISCARDING ---------------------> (channel closed) --> CLOSED
 *   v close frame    ^         the peer's close frame was answered,
 *  ENDING -----------+         or its end of stream comes
 * </pre>
 *
 * <p>In CLOSING frames are still followed, to find the peer's close frame. In DISCARDING they are not; after a violation they
 * cannot be, and our side of the connection is shut so that the peer sees its end. ENDING waits for the end of the read event,
 * so that answers given in {@code onReadComplete} go out before our close frame. From that frame on a timer bounds it all.
 *
 * <p>A listener that throws has broken an invariant: it is logged, and the connection closes with 1011.
 *
 * <p>Thread: the event loop of the connection. Listeners are called through the executor given, which runs its task at once, in
 * the Vert.x context of the connection.
 */
public final class CodecLink extends ChannelInboundHandlerAdapter implements WebSocketLink {

  private static final Logger LOG = LoggerFactory.getLogger(CodecLink.class);
  private static final byte[] NO_PAYLOAD = {};

  private enum State { OPEN, ENDING, CLOSING, DISCARDING, CLOSED }

  private final SocketAddress remoteAddress;
  private final Executor inContext;
  private final Function<? super WebSocketLink, ? extends WebSocketListener> onOpen;
  private final Linger linger;
  private final FrameReader reader;
  private ChannelHandlerContext ctx;
  private Outbound outbound;
  private WebSocketListener listener;

  private State state = State.OPEN;

  /** In ENDING: what our close frame will say, and whether the peer's is still to come, if ever. */
  private int endStatus;
  private String endReason;
  private boolean endsByViolation;
  private ChannelFuture closeSent;

  /** Bytes have come since the last {@code onReadComplete}. */
  private boolean inReadEvent;

  private boolean paused;

  /** Read and not looked at, because of {@link #pause()}; a task that will do so is on its way if {@link #resuming}. */
  private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(0);
  private boolean resuming;

  /** The last ping that came while the socket took no bytes. */
  private byte[] pingUnanswered;
  private boolean pongWritten;

  /**
   * @param inContext runs a task at once
   * @param onOpen gets this link when it stands in the pipeline, and gives its listener; the link may be used there
   */
  public CodecLink(int maxPayloadBytes, long closeTimeoutMs, SocketAddress remoteAddress, Executor inContext,
      Function<? super WebSocketLink, ? extends WebSocketListener> onOpen) {
    this.remoteAddress = remoteAddress;
    this.inContext = inContext;
    this.onOpen = onOpen;
    this.linger = new Linger(closeTimeoutMs);
    this.reader = new FrameReader(maxPayloadBytes, new Inbound());
  }

  // What the pipeline tells

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    outbound = new Outbound(context);
    inContext.execute(this::open);
  }

  private void open() {
    WebSocketListener opened;
    try {
      opened = onOpen.apply(this);
    } catch (RuntimeException | Error e) {
      LOG.error("No listener for {}", remoteAddress, e);
      state = State.CLOSED;
      Linger.drop(ctx.channel());
      return;
    }
    if (state == State.CLOSED || !ctx.channel().isActive()) {
      state = State.CLOSED;
      opened.onClosed();
    } else {
      listener = opened;
      ctx.channel().config().setAutoRead(!paused);
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
    Linger.drop(context.channel());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    inContext.execute(this::end);
    context.fireChannelInactive();
  }

  // What comes in

  private void take(ByteBuf bytes) {
    if (paused || !held.isEmpty()) {
      held.add(bytes);
    } else {
      read(bytes);
    }
  }

  private void read(ByteBuf bytes) {
    if (state != State.OPEN && state != State.CLOSING) {
      bytes.release();
      return;
    }
    ByteBuf rest = null;
    try {
      rest = reader.read(bytes);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    if (rest != null && state == State.OPEN) {
      held.addFirst(rest);
    } else if (rest != null) {
      rest.release();
    }
  }

  private void readHeld() {
    resuming = false;
    while (!paused && !held.isEmpty()) {
      inReadEvent |= state == State.OPEN;
      read(held.poll());
    }
    if (inReadEvent) {
      endReadEvent();
    }
    if (!paused) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  private void endReadEvent() {
    inReadEvent = false;
    if (state == State.CLOSED) {
      return;
    }
    try {
      listener.onReadComplete();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    if (state == State.ENDING) {
      state = State.DISCARDING;
      sendClose(CloseBody.encode(endStatus, endReason));
      leave();
    } else if (pongWritten) {
      flush();
    }
  }

  private void becomeWritable() {
    if (state != State.OPEN || !ctx.channel().isWritable()) {
      return;
    }
    if (pingUnanswered != null) {
      outbound.control(FrameHeader.PONG, pingUnanswered, 0, pingUnanswered.length);
      pingUnanswered = null;
      flush();
    }
    try {
      listener.onWritable();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    LOG.error("The listener of {} failed", remoteAddress, cause);
    close(CloseStatus.INTERNAL_ERROR, "internal error");
  }

  private void end() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    paused = false;
    linger.cancel();
    outbound.release();
    reader.dropMessages();
    held.forEach(ByteBuf::release);
    held.clear();
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
      pongWritten = false;
      outbound.flush();
    }
  }

  @Override
  public void ping() {
    if (state == State.OPEN) {
      outbound.control(FrameHeader.PING, NO_PAYLOAD, 0, 0);
      flush();
    }
  }

  @Override
  public void close(int status, String reason) {
    CloseStatus.require(status, reason);
    if (state == State.OPEN) {
      state = State.CLOSING;
      reader.dropMessages();
      sendClose(CloseBody.encode(status, reason));
      resume();
    }
  }

  private void sendClose(byte[] body) {
    outbound.control(FrameHeader.CLOSE, body, 0, body.length);
    closeSent = outbound.flushLast();
    linger.start(ctx.channel());
  }

  /** Both close frames have come by, or the peer's will not be found: our part ends when ours is sent. */
  private void leave() {
    closeSent.addListener(sent -> {
      if (endsByViolation) {
        Linger.shutOutput(ctx.channel());
      } else {
        ctx.close();
      }
    });
  }

  @Override
  public void abort() {
    if (state != State.CLOSED) {
      Linger.drop(ctx.channel());
    }
  }

  @Override
  public void pause() {
    if (state == State.OPEN && !paused) {
      paused = true;
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    if (held.isEmpty()) {
      ctx.channel().config().setAutoRead(true);
    } else if (!resuming) {
      resuming = true;
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
      if (ctx.channel().isWritable()) {
        outbound.control(FrameHeader.PONG, bytes, offset, length);
        pongWritten = true;
      } else {
        pingUnanswered = Arrays.copyOfRange(bytes, offset, offset + length);
      }
    }

    @Override
    public void close(int status) {
      end(status, "", false);
    }

    @Override
    public void violation(int status, String reason) {
      end(status, reason, true);
    }

    private void end(int status, String reason, boolean byViolation) {
      endStatus = status;
      endReason = reason;
      endsByViolation = byViolation;
      if (state == State.OPEN) {
        state = State.ENDING;
      } else {
        state = State.DISCARDING;
        leave();
      }
    }

    @Override
    public boolean isReady() {
      return state == State.OPEN && !paused || state == State.CLOSING;
    }
  }
}
