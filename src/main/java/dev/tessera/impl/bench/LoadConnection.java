package dev.tessera.impl.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the generator. It sends its script in a loop, and checks and times the replies. Thread: the one of
 * its selector.
 */
final class LoadConnection {

    private static final byte[] NOTHING = {};

    private final ServerAddress address;
    private final SocketChannel channel;
    private final Script script;
    private final LoadRecorder recorder;
    private final SendTimes inFlight;
    /** Null before {@link #registered}. */
    private @Nullable SelectionKey key;

    /** The request to send next, possibly sent in part, and the position in the script's buffer to continue from. */
    private int sending;

    private int sendAt;
    /** The number of due requests that are not completely sent. */
    private int due;
    /** A pong that waits until no request is half sent, or null. */
    private @Nullable ByteBuffer pong;

    /** The request whose reply comes next. */
    private int answering;
    /** The bytes of a frame that has not arrived completely. */
    private byte[] partial = NOTHING;

    private int partialBytes;

    LoadConnection(ServerAddress address, SocketChannel channel, Script script, int pipeline, LoadRecorder recorder) {
        this.address = address;
        this.channel = channel;
        this.script = script;
        this.recorder = recorder;
        this.inFlight = new SendTimes(pipeline);
    }

    SocketChannel channel() {
        return channel;
    }

    /** Sets the selection key of this connection. Call it before the first request. */
    void registered(SelectionKey key) {
        this.key = key;
    }

    /** Returns the number of requests without a reply. */
    int inFlight() {
        return inFlight.size();
    }

    /** Sends the next requests of the script. */
    void request(int count, long nowNs) throws IOException {
        for (int i = 0; i < count; i++) {
            inFlight.add(nowNs);
        }
        due += count;
        flush();
    }

    /** Sends as much as the socket takes, and asks the selector for the rest. */
    void flush() throws IOException {
        boolean done = (pong != null && pong.position() > 0)
                ? (flushPong() && flushRequests())
                : (flushRequests() && flushPong());
        int interest = done ? SelectionKey.OP_READ : (SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        SelectionKey registration = Objects.requireNonNull(key, "the connection is not registered");
        if (registration.interestOps() != interest) {
            registration.interestOps(interest);
        }
    }

    private boolean flushRequests() throws IOException {
        ByteBuffer requests = script.requests();
        while (due > 0) {
            int to = Math.min(sending + due, script.size());
            requests.limit(script.requestAt(to)).position(sendAt);
            recorder.sent(channel.write(requests));
            sendAt = requests.position();
            boolean all = !requests.hasRemaining();
            int next = all ? to : sending;
            while (!all && script.requestAt(next + 1) <= sendAt) {
                next++;
            }
            due -= next - sending;
            sending = next;
            if (sending == script.size()) {
                sending = 0;
                sendAt = 0;
            }
            if (!all) {
                return false;
            }
        }
        return true;
    }

    private boolean flushPong() throws IOException {
        if (pong != null) {
            channel.write(pong);
            if (pong.hasRemaining()) {
                return false;
            }
            pong = null;
        }
        return true;
    }

    /**
     * Reads once and handles all complete replies.
     *
     * @return the number of replies
     */
    int read(ReadBuffer readBuffer) throws IOException {
        int count = readBuffer.read(channel);
        if (count < 0) {
            throw new BenchException(address + " closed a connection");
        }
        recorder.received(count);
        int before = inFlight.size();
        long nowNs = System.nanoTime();
        if (partialBytes == 0) {
            byte[] bytes = readBuffer.bytes();
            keep(bytes, take(bytes, count, nowNs), count);
        } else {
            if (partial.length - partialBytes < count) {
                partial = Arrays.copyOf(partial, Math.max(partialBytes + count, partial.length * 2));
            }
            readBuffer.copyTo(partial, partialBytes);
            int to = partialBytes + count;
            keep(partial, take(partial, to, nowNs), to);
        }
        return before - inFlight.size();
    }

    private void keep(byte[] bytes, int from, int to) {
        partialBytes = to - from;
        if (partialBytes > partial.length) {
            partial = new byte[partialBytes];
        }
        System.arraycopy(bytes, from, partial, 0, partialBytes);
    }

    /** Handles all complete frames. Returns the index of the first incomplete one. */
    private int take(byte[] bytes, int to, long nowNs) {
        int at = 0;
        while (at < to) {
            int replyBytes = script.replyBytes(answering);
            if (replyBytes <= to - at && inFlight.size() > 0 && script.isReply(answering, bytes, at)) {
                answered(nowNs);
                at += replyBytes;
            } else {
                int frameBytes = unexpected(bytes, at, to, nowNs);
                if (frameBytes == 0) {
                    break;
                }
                at += frameBytes;
            }
        }
        return at;
    }

    private void answered(long nowNs) {
        recorder.answered(nowNs - inFlight.remove());
        answering = answering + 1 == script.size() ? 0 : answering + 1;
    }

    /** Handles a frame that is not the expected reply. Returns its length, or 0 if it is incomplete. */
    private int unexpected(byte[] bytes, int at, int to, long nowNs) {
        if (to - at < 2 || to - at < ClientFrame.headerBytes(bytes[at + 1])) {
            return 0;
        }
        int payloadAt = at + ClientFrame.headerBytes(bytes[at + 1]);
        int payloadBytes = ClientFrame.payloadBytes(bytes, at);
        if (payloadBytes > to - payloadAt) {
            return 0;
        }
        int opcode = ClientFrame.opcode(bytes[at]);
        switch (opcode) {
            case ClientFrame.TEXT ->
                wrongReply(
                        new String(bytes, payloadAt, payloadBytes, StandardCharsets.UTF_8),
                        ClientFrame.isFinal(bytes[at]),
                        nowNs);
            case ClientFrame.PING -> queuePong(Arrays.copyOfRange(bytes, payloadAt, payloadAt + payloadBytes));
            case ClientFrame.PONG -> {}
            case ClientFrame.CLOSE ->
                throw new BenchException(CloseFrame.describe(address, bytes, payloadAt, payloadAt + payloadBytes));
            default -> throw new BenchException(address + " sends something other than text (opcode " + opcode + ")");
        }
        return payloadAt - at + payloadBytes;
    }

    private void wrongReply(String text, boolean isFinal, long nowNs) {
        if (!isFinal) {
            throw new BenchException(
                    address + " sends a fragmented reply, but the generator does not support fragments");
        }
        if (inFlight.size() == 0) {
            recorder.error("expected no reply but got " + Text.shorten(text));
        } else {
            recorder.error("expected " + Text.shorten(script.reply(answering)) + " but got " + Text.shorten(text));
            answered(nowNs);
        }
    }

    /** Stores the answer to a ping. Only the latest ping needs one (RFC 6455, section 5.5.3). */
    private void queuePong(byte[] payload) {
        if (pong == null || pong.position() == 0) {
            ByteBuffer frame = ByteBuffer.allocate(ClientFrame.maskedBytes(payload.length));
            ClientFrame.writeMasked(frame, ClientFrame.PONG, payload, 1);
            pong = frame.flip();
        }
    }
}
