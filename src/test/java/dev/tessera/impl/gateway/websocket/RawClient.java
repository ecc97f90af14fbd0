package dev.tessera.impl.gateway.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A client that sends any bytes, and reads any bytes. It gives up after {@value #PATIENCE_MS} ms. */
public final class RawClient implements AutoCloseable {

    public static final int PATIENCE_MS = 20_000;

    /** A frame of the server. */
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

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    public static RawClient of(Socket socket) throws IOException {
        return new RawClient(socket);
    }

    public static RawClient connect(int port) throws IOException {
        return connect(port, 0);
    }

    /**
     * Connects.
     *
     * @param receiveBufferBytes the bytes that the client's kernel takes while the client does not read; 0 for its
     *     default
     */
    public static RawClient connect(int port, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        return new RawClient(socket);
    }

    /** Connects and shakes hands. */
    public static RawClient open(int port) throws IOException {
        return connect(port).shakeHands();
    }

    public RawClient shakeHands(String... moreHeaders) throws IOException {
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

    public void readHandshake() throws IOException {
        String head = readHead();
        if (!head.startsWith("HTTP/1.1 101 ")
                || !head.toLowerCase(Locale.ROOT).contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=")) {
            throw new IOException("handshake refused: " + head);
        }
    }

    /** Reads up to the empty line that ends an HTTP head. */
    public String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("end of stream after " + head);
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Reads the body of an HTTP response. */
    public String readBody(int bytes) throws IOException {
        byte[] body = new byte[bytes];
        in.readFully(body);
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Sends all parts in one write. */
    public RawClient send(byte[]... parts) throws IOException {
        socket.getOutputStream().write(ClientFrames.concat(parts));
        return this;
    }

    /** Sends each piece in a write of its own, so that the server reads it cut. */
    public void sendInPieces(byte[] bytes, int pieceBytes) throws IOException {
        for (int i = 0; i < bytes.length; i += pieceBytes) {
            send(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + pieceBytes)));
        }
    }

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

    public String readText() throws IOException {
        Frame frame = readFrame();
        if (frame.opcode() != ClientFrames.TEXT) {
            throw new IOException("not a text: " + frame);
        }
        return frame.text();
    }

    /** Returns whether the stream has ended in order; fails after bytes or a reset. */
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
    public void close() throws IOException {
        socket.close();
    }
}
