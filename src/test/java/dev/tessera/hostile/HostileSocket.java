package dev.tessera.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A TCP connection that writes any bytes, and speaks as much HTTP and WebSocket as an attack needs. */
final class HostileSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final int TIMEOUT_MS = 20_000;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /** Connects to a server on this machine, and sends nothing. */
    HostileSocket(int port) throws IOException {
        this(port, TIMEOUT_MS);
    }

    /** Connects, with a limit for each wait. */
    HostileSocket(int port, int timeoutMs) throws IOException {
        socket.setSoTimeout(timeoutMs);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMs);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** Opens a WebSocket. Headers such as {@code "Sec-WebSocket-Extensions: permessage-deflate"} may follow. */
    HostileSocket upgrade(String... headers) throws IOException {
        StringBuilder request = new StringBuilder("""
                GET / HTTP/1.1\r
                Host: 127.0.0.1\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                """);
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request + "\r\n");
        String head = readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket: " + head);
        }
        return this;
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Sends a text message. */
    void text(String message) throws IOException {
        write(frame(true, TEXT, message));
    }

    /** Sends the same message many times, in one write. */
    void times(int times, int opcode, String message) throws IOException {
        byte[] frame = frame(true, opcode, message);
        ByteArrayOutputStream all = new ByteArrayOutputStream(times * frame.length);
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame);
        }
        write(all.toByteArray());
    }

    /** Sends a message, and returns the next one that comes. */
    String ask(String message) throws IOException {
        text(message);
        String answer = read();
        if (answer == null) {
            throw new EOFException("the server has closed the connection");
        }
        return answer;
    }

    /** Returns a whole frame, masked with zeros. */
    static byte[] frame(boolean last, int opcode, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header(last, opcode, bytes.length));
        frame.writeBytes(bytes);
        return frame.toByteArray();
    }

    /** Returns the header of a frame that announces a payload of a length. */
    static byte[] header(boolean last, int opcode, int length) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write((last ? LAST : 0) | opcode);
        if (length < SHORT_LENGTH) {
            header.write(MASKED | length);
        } else if (length < 1 << Short.SIZE) {
            header.write(MASKED | SHORT_LENGTH);
            header.write(length >> Byte.SIZE);
            header.write(length);
        } else {
            header.write(MASKED | LONG_LENGTH);
            for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                header.write((int) ((long) length >>> shift));
            }
        }
        header.writeBytes(new byte[4]);
        return header.toByteArray();
    }

    /** Returns the payload of the next frame that is text; null if the connection ends first. */
    @Nullable
    String read() throws IOException {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & OPCODE;
                int length = in.readUnsignedByte();
                long size = length < SHORT_LENGTH
                        ? length
                        : length == SHORT_LENGTH ? in.readUnsignedShort() : in.readLong();
                byte[] payload = in.readNBytes((int) size);
                if (opcode == TEXT) {
                    return new String(payload, StandardCharsets.UTF_8);
                }
            }
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** Returns the head of an HTTP response. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** Returns everything that comes until the server closes the connection. */
    String readToEnd() throws IOException {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
