package dev.tessera.impl.gateway.websocket.codec;

import io.netty.channel.Channel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers pings. It stays small with a peer that sends pings and does not read: while the socket takes no bytes, it
 * keeps only the last ping, as RFC 6455, section 5.5.3, permits. So at most the channel's high-water mark and one read
 * event of pongs wait.
 *
 * <p>Thread: the event loop of the connection.
 */
final class Pongs {

    private final Channel channel;
    private final Outbound outbound;
    private byte @Nullable [] unanswered;
    private boolean unflushed;

    Pongs(Channel channel, Outbound outbound) {
        this.channel = channel;
        this.outbound = outbound;
    }

    /** Answers a ping now, or keeps it if the socket takes no bytes. */
    void answer(byte[] ping, int offset, int length) {
        if (channel.isWritable()) {
            outbound.control(FrameHeader.PONG, ping, offset, length);
            unflushed = true;
        } else {
            unanswered = Arrays.copyOfRange(ping, offset, offset + length);
        }
    }

    /** Sends the answers after a read event. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            outbound.flush();
        }
    }

    /** Answers the ping that was kept, because the socket takes bytes again. */
    void answerLast() {
        if (unanswered != null) {
            answer(unanswered, 0, unanswered.length);
            unanswered = null;
            flush();
        }
    }
}
