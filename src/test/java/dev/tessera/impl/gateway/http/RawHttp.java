package dev.tessera.impl.gateway.http;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 client that writes any bytes, and reads only on demand. */
public final class RawHttp implements AutoCloseable {

    private static final int TIMEOUT_MS = 20_000;

    /**
     * A response.
     *
     * @param status the code of its status line
     * @param head its status line and headers, in lower case
     * @param body its body, by Content-Length
     */
    public record Response(int status, String head, String body) {}

    private final Socket socket;
    private final DataInputStream in;

    public RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(TIMEOUT_MS);
    }

    /** Connects with a small receive buffer, so that the client takes bytes only as it reads them. */
    static RawHttp withReceiveBuffer(int port, int bytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(bytes);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawHttp(socket);
    }

    /** Reads this many bytes. */
    byte[] take(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    public void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a {@code POST /v1/commands} as it goes over the wire. */
    public static String post(String json, String... headerLines) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return head(length, headerLines) + json;
    }

    /** Returns the head of a {@code POST /v1/commands}. */
    public static String head(int contentLength, String... headerLines) {
        String more = headerLines.length == 0 ? "" : String.join("\r\n", headerLines) + "\r\n";
        return "POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + contentLength + "\r\n" + more + "\r\n";
    }

    /** Returns the next response; fails if the server has closed the connection. */
    public Response read() throws IOException {
        Response response = readOrEnd();
        if (response == null) {
            throw new EOFException("the server has closed the connection");
        }
        return response;
    }

    /** Returns the next response; null if the server has closed the connection. */
    public @Nullable Response readOrEnd() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return null;
            }
            head.append((char) octet);
        }
        String lines = head.toString().toLowerCase(Locale.ROOT);
        int at = lines.indexOf("content-length: ");
        byte[] body = new byte[at < 0 ? 0 : Integer.parseInt(lines.substring(at + 16, lines.indexOf('\r', at)))];
        in.readFully(body);
        return new Response(Integer.parseInt(lines.substring(9, 12)), lines, new String(body, StandardCharsets.UTF_8));
    }

    /** Returns whether the server has closed the connection. Waits for the end, or for a byte. */
    public boolean isAtEnd() throws IOException {
        try {
            in.readUnsignedByte();
            return false;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
