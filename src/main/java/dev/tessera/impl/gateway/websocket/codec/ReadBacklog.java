package dev.tessera.impl.gateway.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/**
 * What was read from the socket and may not be looked at yet, because the link is paused. Reads are off while anything
 * stands here, so it is at most what one round of reads has brought, and the order of bytes is kept.
 *
 * <p>Thread: the event loop of the connection.
 */
final class ReadBacklog {

    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(0);
    private boolean paused;
    /** A task that will look at the buffers is on its way. */
    private boolean resuming;

    boolean isPaused() {
        return paused;
    }

    void pause(Channel channel) {
        paused = true;
        channel.config().setAutoRead(false);
    }

    /** Returns whether the caller has to look at the buffers in a later turn, and then to call {@link #resumed}. */
    boolean resume(Channel channel) {
        paused = false;
        if (buffers.isEmpty()) {
            channel.config().setAutoRead(true);
            return false;
        }
        boolean isFirst = !resuming;
        resuming = true;
        return isFirst;
    }

    /** The buffers have been looked at, as far as the link was not paused again. */
    void resumed(Channel channel) {
        resuming = false;
        if (!paused) {
            channel.config().setAutoRead(true);
        }
    }

    /** Takes the buffer if it may not be looked at now. */
    boolean hold(ByteBuf buffer) {
        if (paused || !buffers.isEmpty()) {
            buffers.add(buffer);
            return true;
        }
        return false;
    }

    /** Takes what was left of a buffer that {@link #next} gave or that was not held. */
    void holdRest(ByteBuf rest) {
        buffers.addFirst(rest);
    }

    /** The next buffer that may be looked at, or null. */
    ByteBuf next() {
        return paused ? null : buffers.poll();
    }

    void release() {
        paused = false;
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }
}
