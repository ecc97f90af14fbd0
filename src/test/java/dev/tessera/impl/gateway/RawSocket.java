package dev.tessera.impl.gateway;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that writes any bytes, and reads only on request. */
final class RawSocket implements Closeable {

    private static final int TIMEOUT_MS = 20_000;

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /**
     * One frame from the server.
     *
     * @param opcode its opcode
     * @param payload its payload, unmasked
     */
    record Frame(int opcode, byte[] payload) {

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeStatus() {
            return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String head;

    RawSocket(int port, int receiveBufferBytes) throws IOException {
        this(port, receiveBufferBytes, "127.0.0.1");
    }

    /** Connects from one of the addresses of this machine. */
    RawSocket(int port, int receiveBufferBytes, String from) throws IOException {
        socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        out.write("""
                GET / HTTP/1.1\r
                Host: localhost\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                \r
                """.getBytes(StandardCharsets.US_ASCII));
        head = readHead();
    }

    /** Returns the status line and headers of the answer to the handshake. */
    String head() {
        return head;
    }

    private String readHead() throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            read.append((char) in.readUnsignedByte());
        }
        return read.toString();
    }

    void write(boolean last, int opcode, byte[] payload) throws IOException {
        out.write(frame(last, opcode, payload));
    }

    /** Writes the same text message several times at once, so that the server reads all of them or none. */
    void textTimes(int times, String text) throws IOException {
        times(times, TEXT, text);
    }

    /** Writes the same message several times at once. */
    void times(int times, int opcode, String text) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame(true, opcode, text.getBytes(StandardCharsets.UTF_8)));
        }
        out.write(all.toByteArray());
    }

    /** Writes the head of a text message and its first bytes. */
    void begin(byte[] message, int count) throws IOException {
        byte[] frame = frame(true, TEXT, message);
        out.write(frame, 0, frame.length - message.length + count);
    }

    /** Writes some bytes of a message whose head is written. */
    void raw(byte[] message, int offset, int count) throws IOException {
        byte[] frame = frame(true, TEXT, message);
        out.write(frame, frame.length - message.length + offset, count);
    }

    /** Returns the next text frame, and answers the pings before it. */
    Frame readText() throws IOException {
        Frame frame = read();
        while (frame != null && frame.opcode() == PING) {
            write(true, PONG, frame.payload());
            frame = read();
        }
        return frame;
    }

    /** Writes the bytes of a text message after the first ones. */
    void finish(byte[] message, int countBefore) throws IOException {
        byte[] frame = frame(true, TEXT, message);
        int from = frame.length - message.length + countBefore;
        out.write(frame, from, frame.length - from);
    }

    private static byte[] frame(boolean last, int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65536) {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >>> shift));
            }
        }
        byte[] mask = {1, 2, 3, 4};
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    void text(String text) throws IOException {
        write(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the next frame; null if the connection has ended. */
    @Nullable
    Frame read() throws IOException {
        try {
            int opcode = in.readUnsignedByte() & 0x0F;
            int length = in.readUnsignedByte();
            long size = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
            byte[] payload = new byte[(int) size];
            in.readFully(payload);
            return new Frame(opcode, payload);
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
