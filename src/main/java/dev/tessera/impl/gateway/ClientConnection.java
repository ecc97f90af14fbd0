package dev.tessera.impl.gateway;

import dev.tessera.config.Settings;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.UnsentShare;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.protocol.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its messages become requests, and their answers leave in the order of the messages.
 *
 * <p>It reads only while the client takes its answers and fewer than the allowed number are owed to it. When it is to
 * close, it reads no more, sends what it owes, and only then closes. Thread: the connection's event loop.
 */
final class ClientConnection implements WebSocketListener, ReplySink {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final byte[] SILENCE = {};
    private static final int OPEN = 0;

    private final WebSocketLink link;
    private final CommandIntake intake;
    private final GatewayLimits limits;
    private final Runnable onGone;
    private final ReplyQueue replies;
    private final UnsentShare unsent;
    private final IdleWatch idle = new IdleWatch();
    private boolean paused;
    private boolean gone;
    /** The status with which to close when all is answered, or {@link #OPEN}. */
    private int closeStatus = OPEN;

    private String closeReason;
    private boolean closeSent;

    /**
     * A connection that has just been opened.
     *
     * @param onGone called once when it is gone
     */
    ClientConnection(
            WebSocketLink link, CommandIntake intake, GatewayLimits limits, UnsentTotal unsentTotal, Runnable onGone) {
        this.link = link;
        this.intake = intake;
        this.limits = limits;
        this.onGone = onGone;
        this.unsent = new UnsentShare(limits, unsentTotal);
        this.replies = new ReplyQueue((bytes, from, to) -> link.writeText(bytes, from, to - from));
    }

    @Override
    public void onText(byte[] bytes, int offset, int length) {
        if (closeStatus != OPEN) {
            return;
        }
        long slot = replies.reserve();
        try {
            Request request = intake.decoder().decode(bytes, offset, offset + length);
            if (request.fault() != null) {
                answer(slot, intake.refusal(request));
            } else {
                intake.dispatcher().submit(request, this, slot);
            }
        } catch (IllFormedTextException e) {
            answer(slot, SILENCE);
            closeWhenAnswered(CloseStatus.INVALID_PAYLOAD, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A message could not be handled; this is a fault of the server, please report it", e);
            answer(slot, intake.refusal(Request.unnamed(Fault.INTERNAL)));
        }
        throttle();
    }

    @Override
    public void onBinary() {
        if (closeStatus == OPEN) {
            answer(
                    replies.reserve(),
                    intake.refusal(Status.PAYLOAD_INVALID, "a message must be text, and this one is binary"));
            throttle();
        }
    }

    @Override
    public void onTooLarge() {
        if (closeStatus == OPEN) {
            String message = "a message must not be larger than " + limits.payloadBytesMax() + " bytes";
            answer(replies.reserve(), intake.refusal(Status.VALUE_SIZE, message));
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
        gone = true;
        unsent.update(0);
        onGone.run();
    }

    @Override
    public void reply(long slot, byte[] bytes, int from, int to) {
        if (!gone) {
            replies.answer(slot, bytes, from, to);
        }
    }

    @Override
    public void begun(long slot, byte[] bytes, int from, int to) {
        if (!gone) {
            replies.answerFirst(slot, bytes, from, to);
        }
    }

    @Override
    public void lost(long slot) {
        if (!gone) {
            // Behind a gap, later answers would be taken for others.
            LOG.warn("Dropping the connection of {}: an answer could not be handed over to it", link.remoteAddress());
            closeSent = true;
            link.abort();
        }
    }

    @Override
    public void repliesEnd() {
        settle();
    }

    /** Reads no more, sends what is owed, and closes. */
    void closeWhenAnswered(int status, String reason) {
        if (closeStatus == OPEN) {
            closeStatus = status;
            closeReason = reason;
            settle();
        }
    }

    /**
     * To be called three times in every idle timeout: pings a silent client, and closes one that stays silent.
     *
     * @return whether it was closed
     */
    boolean checkIdle() {
        return switch (idle.check()) {
            case ALIVE -> false;
            case SILENT -> {
                link.ping();
                yield false;
            }
            case DEAD -> {
                LOG.info(
                        "Closing the connection of {}: no sign of life for {}; raise {} if that is too strict",
                        link.remoteAddress(),
                        Settings.WEBSOCKET_IDLE_TIMEOUT.path(),
                        Settings.WEBSOCKET_IDLE_TIMEOUT.path());
                close(CloseStatus.GOING_AWAY, "idle");
                yield true;
            }
        };
    }

    /** Throws where anything waits though every request was answered; for tests. */
    void checkAtRest() {
        replies.checkAtRest();
        if (paused) {
            throw new IllegalStateException("the connection of " + link.remoteAddress() + " is not read");
        }
    }

    private void answer(long slot, byte[] bytes) {
        replies.answer(slot, bytes, 0, bytes.length);
    }

    /** Brings the socket to where it should be after answers were written. */
    private void settle() {
        if (gone || closeSent) {
            return;
        }
        link.flush();
        long unsentBytes = link.unsentBytes() + replies.upgradeLeftover();
        String tooMuch = unsent.update(unsentBytes);
        if (tooMuch != null) {
            LOG.warn("Dropping the connection of {}: {}", link.remoteAddress(), tooMuch);
            closeSent = true;
            link.abort();
        } else if (closeStatus != OPEN && replies.pending() == 0) {
            close(closeStatus, closeReason);
        } else {
            throttle();
        }
    }

    private void close(int status, String reason) {
        if (!closeSent) {
            closeStatus = status;
            closeSent = true;
            // What is discarded after a close must still be read, or the close frame of the client would not be seen.
            link.resume();
            link.close(status, reason);
        }
    }

    private void throttle() {
        boolean pause =
                replies.pending() >= limits.inFlightMax() || !link.isWritable() || closeStatus != OPEN && !closeSent;
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
