package dev.tessera.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client of WebSockets and HTTP that sends any bytes, and reads only on request. See {@link ClientFrames}. */
public final class RawSocket implements Closeable {

    /** The longest wait for the server, unless a test sets another. */
    public static final int PATIENCE_MS = 20_000;

    /**
     * A frame of the server.
     *
     * @param first its first byte
     * @param payload its payload
     */
    public record Frame(int first, byte[] payload) {

        public int opcode() {
            return first & 0x0F;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeStatus() {
            return (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        }

        @Override
        public String toString() {
            return Integer.toHexString(first)
                    + ' '
                    + (opcode() == ClientFrames.CLOSE && payload.length > 1
                            ? closeStatus() + " " + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8)
                            : text());
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket, int patienceMs) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(patienceMs);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Takes a socket that is connected. */
    public static RawSocket of(Socket socket) throws IOException {
        return new RawSocket(socket, PATIENCE_MS);
    }

    /** Connects to a server on this machine, and sends nothing. */
    public static RawSocket connect(int port) throws IOException {
        return connect(new Socket(), port, PATIENCE_MS);
    }

    /** Connects, with a limit for each wait. */
    public static RawSocket connect(int port, Duration patience) throws IOException {
        return connect(new Socket(), port, (int) patience.toMillis());
    }

    /**
     * Connects.
     *
     * @param receiveBufferBytes the bytes that the client's kernel takes while the client does not read
     */
    public static RawSocket connect(int port, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBufferBytes);
        return connect(socket, port, PATIENCE_MS);
    }

    private static RawSocket connect(Socket socket, int port, int patienceMs) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patienceMs);
        return new RawSocket(socket, patienceMs);
    }

    /** Connects and shakes hands. */
    public static RawSocket open(int port) throws IOException {
        return connect(port).shakeHands();
    }

    /** Connects with a receive buffer of this size, and shakes hands. */
    public static RawSocket open(int port, int receiveBufferBytes) throws IOException {
        return connect(port, receiveBufferBytes).shakeHands();
    }

    /** Connects from one of the addresses of this machine, and shakes hands. */
    public static RawSocket open(int port, int receiveBufferBytes, String from) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.bind(new InetSocketAddress(from, 0));
        return connect(socket, port, PATIENCE_MS).shakeHands();
    }

    /** Opens a WebSocket. Headers such as {@code "Sec-WebSocket-Extensions: permessage-deflate"} may follow. */
    public RawSocket shakeHands(String... moreHeaders) throws IOException {
        send(handshake(moreHeaders));
        readHandshake();
        return this;
    }

    /** Returns the sample handshake of RFC 6455. */
    public static byte[] handshake(String... moreHeaders) {
        StringBuilder request = new StringBuilder("""
                GET / HTTP/1.1\r
                Host: localhost\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                """);
        for (String header : moreHeaders) {
            request.append(header).append("\r\n");
        }
        return ClientFrames.utf8(request.append("\r\n").toString());
    }

    /** Reads the answer to a handshake; fails if the server refuses it. */
    public void readHandshake() throws IOException {
        String head = readHead();
        if (!head.startsWith("HTTP/1.1 101 ")
                || !head.toLowerCase(Locale.ROOT).contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=")) {
            throw new IOException("handshake refused: " + head);
        }
    }

    /** Reads up to the empty line that ends an HTTP head. */
    public String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("end of stream after " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** Reads the body of an HTTP response. */
    public String readBody(int bytes) throws IOException {
        byte[] body = new byte[bytes];
        in.readFully(body);
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Sends all parts in one write. */
    public RawSocket send(byte[]... parts) throws IOException {
        socket.getOutputStream().write(ClientFrames.concat(parts));
        return this;
    }

    /** Sends a text message. */
    public void sendText(String text) throws IOException {
        send(ClientFrames.text(text));
    }

    /** Sends the same frame many times in one write, so that the server reads as many at once as it can. */
    public void sendTimes(int times, byte[] frame) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(times * frame.length);
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame);
        }
        send(all.toByteArray());
    }

    /** Sends each piece in a write of its own, so that the server reads it cut. */
    public void sendInPieces(byte[] bytes, int pieceBytes) throws IOException {
        for (int i = 0; i < bytes.length; i += pieceBytes) {
            send(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + pieceBytes)));
        }
    }

    /** Returns the next frame; fails if the connection ends first. */
    public Frame readFrame() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    /** Returns the next frame; null if the connection ends first. */
    public @Nullable Frame readFrameOrNull() throws IOException {
        try {
            return readFrame();
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** Returns the text of the next frame; fails if it has another opcode. */
    public String readText() throws IOException {
        Frame frame = readFrame();
        if (frame.opcode() != ClientFrames.TEXT) {
            throw new IOException("not a text: " + frame);
        }
        return frame.text();
    }

    /** Returns the next text. Answers the pings before it, and passes over other frames. */
    public String awaitText() throws IOException {
        Frame frame = readFrame();
        while (frame.opcode() != ClientFrames.TEXT) {
            if (frame.opcode() == ClientFrames.PING) {
                send(ClientFrames.frame(ClientFrames.FIN | ClientFrames.PONG, frame.payload()));
            }
            frame = readFrame();
        }
        return frame.text();
    }

    /** Sends a text message, and returns the next text that comes. */
    public String ask(String text) throws IOException {
        sendText(text);
        return awaitText();
    }

    /** Returns everything that comes until the server closes the connection; nothing if the server resets it. */
    public String readToEnd() throws IOException {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }

    /** Returns whether the stream has ended in order; fails after a reset. */
    public boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /** Ends our side of the stream and goes on reading. */
    public void shutOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes the socket so that the server sees a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
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
