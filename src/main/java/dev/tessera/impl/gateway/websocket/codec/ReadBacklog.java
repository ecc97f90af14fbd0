package dev.tessera.impl.gateway.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that were read from the socket and wait because the link is paused. Reads are off while the backlog has
 * buffers. So it holds at most one round of reads, and keeps the order of bytes.
 *
 * <p>Thread: the event loop of the connection.
 */
final class ReadBacklog {

    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(0);
    private boolean paused;
    /** A task that will read the buffers is scheduled. */
    private boolean resuming;

    boolean isPaused() {
        return paused;
    }

    /** Begins a pause. */
    void pause(Channel channel) {
        paused = true;
        channel.config().setAutoRead(false);
    }

    /**
     * Ends the pause.
     *
     * @return whether the caller must read the buffers in a later turn, and then call {@link #resumed}
     */
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

    /** Turns reads on after the buffers were read, unless the link was paused again. */
    void resumed(Channel channel) {
        resuming = false;
        if (!paused) {
            channel.config().setAutoRead(true);
        }
    }

    /** Adds the buffer if it must wait, and returns whether it did. */
    boolean offer(ByteBuf buffer) {
        if (paused || !buffers.isEmpty()) {
            buffers.add(buffer);
            return true;
        }
        return false;
    }

    /** Adds the unread rest of a buffer in front of all others. */
    void addFirst(ByteBuf rest) {
        buffers.addFirst(rest);
    }

    /** Removes and returns the next buffer; null if none may be read now. */
    @Nullable
    ByteBuf next() {
        return paused ? null : buffers.poll();
    }

    /** Releases all buffers. */
    void release() {
        paused = false;
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }
}
