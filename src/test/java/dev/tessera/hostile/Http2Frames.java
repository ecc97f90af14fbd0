package dev.tessera.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 (RFC 9113) as bytes, for a client with prior knowledge. */
final class Http2Frames {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;

    /** The preface of a client, with empty settings. */
    static final byte[] PREFACE = preface();

    private Http2Frames() {}

    private static byte[] preface() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        return bytes.toByteArray();
    }

    /** Returns the headers of a POST of JSON whose body follows. */
    static byte[] post(int stream, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        // Indexed fields of the static table (RFC 7541, appendix A): ":method: POST" and ":scheme: http".
        block.write(0x83);
        block.write(0x86);
        // Literal values without indexing, with the names ":path", ":authority" and "content-type" of that table.
        literal(block, 4, path);
        literal(block, 1, "127.0.0.1");
        literal(block, 31, "application/json");
        return frame(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    /** Returns a part of a body. */
    static byte[] data(int stream, int length) {
        return frame(DATA, 0, stream, " ".repeat(length).getBytes(StandardCharsets.US_ASCII));
    }

    private static void literal(ByteArrayOutputStream block, int name, String value) {
        if (name < 15) {
            block.write(name);
        } else {
            block.write(15);
            block.write(name - 15);
        }
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >>> shift);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
