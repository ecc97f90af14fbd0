package dev.tessera.impl.gateway.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that were read from the socket and wait because the link is paused.
 *
 * <p>Two rules follow from the state alone, and {@link #settle} restores both after every change:
 *
 * <ul>
 *   <li>The socket is read if and only if the link is not paused and no buffer waits. So the backlog holds at most one
 *       round of reads, and keeps the order of bytes.
 *   <li>If buffers wait and the link is not paused, a task is scheduled that reads them. So no buffer is forgotten,
 *       however often the listener pauses and resumes.
 * </ul>
 *
 * <p>Thread: the event loop of the connection.
 */
final class ReadBacklog {

    private final Channel channel;
    private final Runnable reader;
    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(0);
    private boolean paused;
    private boolean isScheduled;

    /**
     * Creates an empty backlog. The socket is read after {@link #open}.
     *
     * @param reader takes buffers with {@link #next} until there are none; runs in turns of its own
     */
    ReadBacklog(Channel channel, Runnable reader) {
        this.channel = channel;
        this.reader = reader;
    }

    /** Begins to read the socket, unless the link is paused already. */
    void open() {
        settle();
    }

    boolean isPaused() {
        return paused;
    }

    /** Begins a pause. */
    void pause() {
        if (!paused) {
            paused = true;
            settle();
        }
    }

    /** Ends the pause. The reader gets the waiting buffers in a later turn. */
    void resume() {
        if (paused) {
            paused = false;
            settle();
        }
    }

    /** Adds the buffer if it must wait, and returns whether it did. */
    boolean offer(ByteBuf buffer) {
        if (!paused && buffers.isEmpty()) {
            return false;
        }
        buffers.add(buffer);
        settle();
        return true;
    }

    /** Adds the unread rest of a buffer in front of all others. */
    void addFirst(ByteBuf rest) {
        buffers.addFirst(rest);
        settle();
    }

    /** Removes and returns the next buffer; null if none may be read now. */
    @Nullable
    ByteBuf next() {
        return paused ? null : buffers.poll();
    }

    /** Returns how many bytes wait. */
    int bytes() {
        return buffers.stream().mapToInt(ByteBuf::readableBytes).sum();
    }

    /** Releases all buffers. */
    void release() {
        paused = false;
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }

    private void settle() {
        boolean waits = !buffers.isEmpty();
        channel.config().setAutoRead(!paused && !waits);
        if (waits && !paused && !isScheduled) {
            isScheduled = true;
            channel.eventLoop().execute(this::read);
        }
    }

    private void read() {
        isScheduled = false;
        reader.run();
        settle();
    }
}
