package dev.tessera.impl.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One connection of the generator: sends its script round and round, and checks and times what comes back. Thread: that
 * of its selector.
 */
final class LoadConnection {

    private static final byte[] NOTHING = {};

    private final ServerAddress address;
    private final SocketChannel channel;
    private final Script script;
    private final LoadRecorder tally;
    private final SendTimes inFlight;
    private SelectionKey key;

    /** The request that is to be sent next or was sent in part, and where in the script's buffer to go on. */
    private int sending;

    private int sendAt;
    /** Requests that are due and were not sent whole. */
    private int due;
    /** Pongs that wait until no request is half sent, or null. */
    private ByteBuffer pong;

    /** The request that is answered next. */
    private int answering;
    /** The beginning of a frame whose end has not come. */
    private byte[] partial = NOTHING;

    private int partialBytes;

    LoadConnection(ServerAddress address, SocketChannel channel, Script script, int pipeline, LoadRecorder tally) {
        this.address = address;
        this.channel = channel;
        this.script = script;
        this.tally = tally;
        this.inFlight = new SendTimes(pipeline);
    }

    SocketChannel channel() {
        return channel;
    }

    /** Tells it the key by which it says what it waits for. */
    void registered(SelectionKey key) {
        this.key = key;
    }

    /** How many requests have no reply yet. */
    int inFlight() {
        return inFlight.size();
    }

    /** Sends more requests. */
    void request(int count, long nowNs) throws IOException {
        for (int i = 0; i < count; i++) {
            inFlight.add(nowNs);
        }
        due += count;
        flush();
    }

    /** Sends what can be sent. */
    void flush() throws IOException {
        boolean done =
                pong != null && pong.position() > 0 ? flushPong() && flushRequests() : flushRequests() && flushPong();
        int interest = done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    private boolean flushRequests() throws IOException {
        ByteBuffer requests = script.requests();
        while (due > 0) {
            int to = Math.min(sending + due, script.size());
            requests.limit(script.requestAt(to)).position(sendAt);
            tally.sent(channel.write(requests));
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
     * Reads once and takes the replies that are whole.
     *
     * @return how many there were
     */
    int read(Inbox inbox) throws IOException {
        int count = inbox.read(channel);
        if (count < 0) {
            throw new BenchException(address + " closed a connection");
        }
        tally.received(count);
        int before = inFlight.size();
        long nowNs = System.nanoTime();
        if (partialBytes == 0) {
            byte[] bytes = inbox.bytes();
            keep(bytes, take(bytes, count, nowNs), count);
        } else {
            if (partial.length - partialBytes < count) {
                partial = Arrays.copyOf(partial, Math.max(partialBytes + count, partial.length * 2));
            }
            inbox.copyTo(partial, partialBytes);
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

    /** Takes whole frames; says where the first one begins that is not whole. */
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
        tally.answered(nowNs - inFlight.remove());
        answering = answering + 1 == script.size() ? 0 : answering + 1;
    }

    /** Takes a frame that is not the reply that is due; says how long it is, or 0 where it is not whole. */
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
            throw new BenchException(address + " sends a reply in fragments, which is not supported here");
        }
        if (inFlight.size() == 0) {
            tally.error("nothing was asked, but there came " + Text.shorten(text));
        } else {
            tally.error("expected " + Text.shorten(script.reply(answering)) + " but got " + Text.shorten(text));
            answered(nowNs);
        }
    }

    /** Only the latest ping must be answered (RFC 6455, section 5.5.3). */
    private void queuePong(byte[] payload) {
        if (pong == null || pong.position() == 0) {
            pong = ByteBuffer.allocate(ClientFrame.maskedBytes(payload.length));
            ClientFrame.writeMasked(pong, ClientFrame.PONG, payload, 1);
            pong.flip();
        }
    }
}
