package dev.tessera.impl.gateway;

import dev.tessera.config.Settings;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.gateway.http.TokenStringRewriter;
import dev.tessera.impl.gateway.limits.ClientOrigin;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.IncomingShare;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.UnsentShare;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.memory.ObjectSize;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket connection of one client: its messages become requests, and the replies leave in the order of the
 * messages.
 *
 * <p>The connection reads only while the client reads its replies, and while the requests that wait for one are few and
 * small enough. Before it closes, it stops reading and sends all replies. Thread: the connection's event loop.
 */
final class ClientConnection implements WebSocketListener, ReplySink {

    private static final LimitedLog FAILED = LimitedLog.error(
            ClientConnection.class, "Failed to handle a message; this is a fault of the server, please report it");
    private static final LimitedLog REPLY_LOST =
            LimitedLog.warn(ClientConnection.class, "Dropping the connection of {}: a reply could not be handed over");
    private static final LimitedLog SILENT = LimitedLog.info(
            ClientConnection.class,
            "Closing the connection of {}: the client was silent for " + Settings.WEBSOCKET_IDLE_TIMEOUT.path()
                    + "; raise that if it is too strict");
    private static final LimitedLog SLOW = LimitedLog.warn(ClientConnection.class, "Dropping the connection of {}: {}");
    private static final LimitedLog STALLED = LimitedLog.info(
            ClientConnection.class,
            "Closing the connection of {}: a message came too slowly; raise "
                    + Settings.WEBSOCKET_MESSAGE_TIMEOUT.path() + " if that is too strict");
    private static final byte[] SILENCE = {};
    /** In place of a request that is not decoded yet. */
    private static final Request UNDECODED = Request.unnamed(Fault.INTERNAL);

    private static final int OPEN = 0;
    /** More than the longest read. A longer array has one message. */
    private static final int READ_BYTES_MAX = 128 * 1024;
    /** Replies of this many bytes are counted and sent at once, although others of the same batch follow. */
    private static final int UNSETTLED_BYTES_MAX = 64 * 1024;

    private final WebSocketLink link;
    private final CommandIntake intake;
    private final GatewayLimits limits;
    private final Runnable onGone;
    private final @Nullable TokenStringRewriter tokenStrings;
    private final ReplyQueue replies;
    private final UnsentShare unsent;
    private final IncomingShare incoming;
    private final IdleWatch idle = new IdleWatch();
    private final Requester requester;
    /** Whether bytes waited for the client at the last check, and how many it had taken. */
    private boolean hadToWait;

    private long takenBytes;
    private boolean paused;
    private boolean gone;
    /** The status to close with after the last reply, or {@link #OPEN}. */
    private int closeStatus = OPEN;

    private String closeReason = "";
    private boolean closeSent;
    /** The bytes of replies that are not complete. */
    private long partsBytes;
    /** The bytes of replies and parts since the last call of {@link #settle}. */
    private long unsettledBytes;

    /**
     * Creates a connection that has just opened.
     *
     * @param tokenStrings rewrites the tokens of messages and replies; null if they are numbers
     * @param unsentTotal counts the unread replies of all connections
     * @param incomingTotal counts the requests of all connections
     * @param onGone called once after the connection has closed
     */
    ClientConnection(
            WebSocketLink link,
            CommandIntake intake,
            @Nullable TokenStringRewriter tokenStrings,
            GatewayLimits limits,
            UnsentTotal unsentTotal,
            IncomingTotal incomingTotal,
            Runnable onGone) {
        this.link = link;
        this.requester = ClientOrigin.requester(link.remoteAddress());
        this.intake = intake;
        this.limits = limits;
        this.onGone = onGone;
        Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        this.unsent = new UnsentShare(limits, unsentTotal, reason -> context.runOnContext(run -> drop(reason)));
        this.incoming = new IncomingShare(incomingTotal);
        this.tokenStrings = tokenStrings;
        this.replies = new ReplyQueue(tokenStrings == null ? writer(link) : writer(link, tokenStrings));
    }

    private static ReplyQueue.Output writer(WebSocketLink link) {
        return (bytes, from, to) -> link.writeText(bytes, from, to - from);
    }

    private static ReplyQueue.Output writer(WebSocketLink link, TokenStringRewriter tokenStrings) {
        return (bytes, from, to) -> {
            byte[] reply = tokenStrings.quoteIn(Arrays.copyOfRange(bytes, from, to));
            link.writeText(reply, 0, reply.length);
        };
    }

    @Override
    public void onText(byte[] bytes, int offset, int length) {
        if (!takesMessages()) {
            return;
        }
        long slot = replies.reserve(heldBytes(bytes, length));
        if (incoming.add(replies.requestBytes(), length)) {
            execute(slot, bytes, offset, length);
        } else {
            replies.takeOff(slot);
            answer(slot, intake.refusal(Status.STORAGE_FULL, Messages.NO_ROOM_FOR_MESSAGE));
        }
        throttle();
    }

    private boolean takesMessages() {
        return closeStatus == OPEN && !gone;
    }

    /** Returns what a request keeps alive: an array of its own, or its part of a read. */
    private static int heldBytes(byte[] bytes, int length) {
        return bytes.length <= READ_BYTES_MAX
                ? length
                : (int) Math.min(Integer.MAX_VALUE, ObjectSize.ofBytes(bytes.length));
    }

    private void execute(long slot, byte[] bytes, int offset, int length) {
        Request request = UNDECODED;
        try {
            if (tokenStrings != null) {
                tokenStrings.acceptIn(bytes, offset, offset + length);
            }
            request = intake.decoder().decode(bytes, offset, offset + length);
            if (request.fault() != null) {
                answer(slot, intake.refusal(request));
            } else {
                intake.dispatcher().submit(request, this, slot);
            }
        } catch (IllFormedTextException e) {
            answer(slot, SILENCE);
            closeWhenAnswered(CloseStatus.INVALID_PAYLOAD, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            FAILED.log(e);
            answer(slot, intake.refusal(request, Fault.INTERNAL));
        }
    }

    @Override
    public void onBinary() {
        if (takesMessages()) {
            answer(replies.reserve(0), intake.refusal(Status.PAYLOAD_INVALID, Messages.BINARY_MESSAGE));
            throttle();
        }
    }

    @Override
    public void onNoRoom() {
        if (takesMessages()) {
            answer(replies.reserve(0), intake.refusal(Status.STORAGE_FULL, Messages.NO_ROOM_FOR_MESSAGE));
            throttle();
        }
    }

    @Override
    public void onTooLarge() {
        if (takesMessages()) {
            String message = Messages.messageTooLarge(limits.payloadBytesMax());
            answer(replies.reserve(0), intake.refusal(Status.VALUE_SIZE, message));
            closeWhenAnswered(CloseStatus.MESSAGE_TOO_BIG, message);
        }
    }

    @Override
    public void onReadComplete() {
        idle.alive();
        intake.dispatcher().flushAtTurnEnd();
        settle();
    }

    @Override
    public void onWritable() {
        idle.alive();
        settle();
    }

    @Override
    public void onClosed() {
        letGo();
        onGone.run();
    }

    /** Frees what waits for the client, and takes nothing more for it. */
    private void letGo() {
        gone = true;
        requester.leave();
        replies.abandon();
        incoming.update(replies.requestBytes());
        unsent.update(0);
    }

    @Override
    public Requester requester() {
        return requester;
    }

    @Override
    public void reply(long slot, byte[] bytes, int from, int to) {
        if (gone || closeSent) {
            replies.forget(slot);
        } else {
            replies.answer(slot, bytes, from, to);
            count(to - from);
        }
    }

    @Override
    public void begun(long slot, byte[] bytes, int from, int to) {
        if (!gone && !closeSent) {
            replies.answerFirst(slot, bytes, from, to);
        }
    }

    @Override
    public void keeps(long more) {
        partsBytes += more;
        count(Math.max(0, more));
    }

    /** Counts and sends what has come, if it is much. */
    private void count(long more) {
        unsettledBytes += more;
        if (unsettledBytes >= UNSETTLED_BYTES_MAX) {
            settle();
        }
    }

    @Override
    public void lost(long slot) {
        replies.forget(slot);
        incoming.update(replies.requestBytes());
        if (!gone) {
            // After a gap, the client would take later replies for those of other requests.
            REPLY_LOST.log(link.remoteAddress());
            abort();
        }
    }

    @Override
    public void repliesEnd() {
        settle();
    }

    /** Stops reading, sends the remaining replies, and closes. */
    void closeWhenAnswered(int status, String reason) {
        if (closeStatus == OPEN) {
            closeStatus = status;
            closeReason = reason;
            settle();
        }
    }

    /**
     * Pings a silent client, and closes the connection of one that stays silent. The caller calls this three times in
     * each idle timeout.
     *
     * @return whether the connection was closed
     */
    boolean checkIdle() {
        if (closeSent || gone) {
            return false;
        }
        long taken = link.takenBytes();
        boolean waitsForStores = paused && link.isWritable();
        if (waitsForStores || (hadToWait && taken > takenBytes)) {
            // A client that is not read cannot show a sign of life.
            idle.alive();
        }
        takenBytes = Math.max(takenBytes, taken);
        // Without this, our own ping would be a sign of life, because the kernel takes it at once.
        hadToWait = link.unsentBytes() > 0;
        return switch (idle.check()) {
            case ALIVE -> false;
            case SILENT -> {
                link.ping();
                yield false;
            }
            case DEAD -> {
                SILENT.log(link.remoteAddress());
                close(CloseStatus.GOING_AWAY, "idle");
                yield true;
            }
        };
    }

    /**
     * Closes the connection if a message has begun and does not come to its end. The caller calls this once in each
     * message timeout.
     *
     * @return whether the connection is closing for this reason
     */
    boolean checkMessage() {
        if (closeStatus != OPEN || gone || !link.isStalled()) {
            return false;
        }
        STALLED.log(link.remoteAddress());
        closeWhenAnswered(CloseStatus.POLICY_VIOLATION, Messages.MESSAGE_TOO_SLOW);
        return true;
    }

    /** Throws if a reply or the reader waits although every request was answered; for tests. */
    void checkAtRest() {
        replies.checkAtRest();
        if (paused) {
            throw new IllegalStateException("the connection of " + link.remoteAddress() + " is not read");
        }
    }

    private void answer(long slot, byte[] bytes) {
        replies.answer(slot, bytes, 0, bytes.length);
    }

    /** Flushes the socket after replies were written; then drops, closes or throttles the connection if needed. */
    private void settle() {
        unsettledBytes = 0;
        incoming.update(replies.requestBytes());
        if (gone || closeSent) {
            return;
        }
        link.flush();
        long unsentBytes = link.unsentBytes() + replies.waitingBytes() + partsBytes;
        String excess = unsent.update(unsentBytes);
        if (excess != null) {
            drop(excess);
        } else if (closeStatus != OPEN && replies.pending() == 0) {
            close(closeStatus, closeReason);
        } else {
            throttle();
        }
    }

    private void drop(String reason) {
        if (!gone) {
            SLOW.log(link.remoteAddress(), reason);
            abort();
        }
    }

    private void abort() {
        closeSent = true;
        letGo();
        link.abort();
    }

    private void close(int status, String reason) {
        if (!closeSent) {
            closeStatus = status;
            closeSent = true;
            // Read on and discard; otherwise the close frame of the client would not arrive.
            link.resume();
            link.close(status, reason);
        }
    }

    private void throttle() {
        boolean pause = replies.pending() >= limits.inFlightMax()
                || incoming.mustWait()
                || !link.isWritable()
                || (closeStatus != OPEN && !closeSent);
        if (pause != paused) {
            paused = pause;
            if (pause) {
                link.pause();
            } else {
                link.resume();
            }
        }
    }
}
