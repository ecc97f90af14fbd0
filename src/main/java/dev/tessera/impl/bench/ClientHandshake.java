package dev.tessera.impl.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client's opening handshake (RFC 6455, section 4.1). It blocks for a bounded time. */
final class ClientHandshake {

    static final int TIMEOUT_MS = 10_000;

    private static final int HEAD_BYTES_MAX = 16 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern ACCEPT =
            Pattern.compile("\r\nsec-websocket-accept:\\s*(\\S+)\\s*\r\n", Pattern.CASE_INSENSITIVE);
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final Random RANDOM = new Random();

    private ClientHandshake() {}

    /**
     * Opens a TCP connection and upgrades it to a WebSocket. The returned channel is blocking, and the next byte in
     * either direction belongs to a frame.
     *
     * @throws BenchException if there is no server, or it does not speak WebSocket
     */
    static SocketChannel open(ServerAddress address) {
        @Nullable SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(address.host(), address.port()), TIMEOUT_MS);
            channel.socket().setSoTimeout(TIMEOUT_MS);
            byte[] key = new byte[KEY_BYTES];
            RANDOM.nextBytes(key);
            String keyText = Base64.getEncoder().encodeToString(key);
            channel.write(ByteBuffer.wrap(request(address, keyText).getBytes(StandardCharsets.US_ASCII)));
            check(address, readHead(channel), accept(keyText));
            return channel;
        } catch (IOException | UnresolvedAddressException e) {
            close(channel);
            throw new BenchException(
                    "cannot connect to " + address + ": "
                            + (e.getMessage() == null ? "the host is unknown" : e.getMessage())
                            + "; is the server running?",
                    e);
        } catch (BenchException e) {
            close(channel);
            throw e;
        }
    }

    private static String request(ServerAddress address, String key) {
        return "GET " + address.path() + " HTTP/1.1\r\nHost: " + address.authority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key + END_OF_HEAD;
    }

    /** Reads the response head byte by byte, because the next byte may belong to a frame. */
    private static String readHead(SocketChannel channel) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < HEAD_BYTES_MAX) {
            int next = channel.socket().getInputStream().read();
            if (next < 0) {
                throw new IOException("the server closed it during the handshake");
            }
            head.append((char) next);
            if (next == '\n' && head.indexOf(END_OF_HEAD, head.length() - END_OF_HEAD.length()) >= 0) {
                return head.toString();
            }
        }
        throw new IOException("the head of the handshake's response is too long");
    }

    private static void check(ServerAddress address, String head, String accept) {
        Matcher accepted = ACCEPT.matcher(head);
        if (!head.toUpperCase(Locale.ROOT).startsWith("HTTP/1.1 101 ")
                || !accepted.find()
                || !accepted.group(1).equals(accept)) {
            throw new BenchException(address + " does not open a WebSocket, it answers: "
                    + head.lines().findFirst().orElse(""));
        }
    }

    private static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static void close(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new BenchException("cannot close a socket: " + e.getMessage(), e);
            }
        }
    }
}
