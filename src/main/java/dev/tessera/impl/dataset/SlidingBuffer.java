package dev.tessera.impl.dataset;

import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A part of a JSON file in memory, that moves along with who reads it: marks are looked at one by one, and a value must
 * fit into it as a whole. It validates strictly, as {@link JsonScanner} does, and says where in the file something is
 * wrong.
 *
 * <p>A value that meets the end of the part is scanned again when there is more of it. The part doubles then, so that
 * no byte is scanned more than a few times.
 */
final class SlidingBuffer implements Closeable {

    private static final int BYTES_MIN = 64 * 1024;
    /**
     * What stands in front of the end of the part may be wrong only because the rest is missing; the longest is an
     * escape of 12 bytes.
     */
    private static final int UNCERTAIN_BYTES = 16;

    private final Path file;
    private final FileChannel channel;
    private final int textBytesMax;
    private final JsonScanner scanner;
    private byte[] bytes = new byte[BYTES_MIN];
    private int at;
    private int end;
    /** Where in the file the first of {@link #bytes} stands. */
    private long base;

    private boolean ended;

    SlidingBuffer(Path file, ReadLimits limits) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        this.textBytesMax = limits.textBytesMax();
        this.scanner = new JsonScanner(limits.depthMax());
    }

    /** Where in the file the next byte stands. */
    long position() {
        return base + at;
    }

    /** Goes to another place of the file. */
    void seek(long position) throws IOException {
        channel.position(position);
        base = position;
        at = 0;
        end = 0;
        ended = false;
    }

    /** The next byte behind white space, which is left there; -1 at the end of the file. */
    int peek() throws IOException {
        while (true) {
            for (; at < end; at++) {
                byte b = bytes[at];
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    return b & 0xFF;
                }
            }
            if (ended) {
                return -1;
            }
            more();
        }
    }

    /** Goes behind a mark, if it is the next byte; says whether it was. */
    boolean take(char mark) throws IOException {
        if (peek() != mark) {
            return false;
        }
        at++;
        return true;
    }

    /** Goes behind a mark, which must be the next byte. */
    void expect(char mark) throws IOException {
        if (!take(mark)) {
            throw damaged(peek() == -1 ? "unexpected end of the file" : "expected '" + mark + "'");
        }
    }

    /**
     * Goes to the next member or element of what was entered, past the comma before it.
     *
     * @param first whether there was none yet
     * @return false where it has ended, and its closing mark was passed
     */
    boolean next(boolean first, char close) throws IOException {
        if (take(close)) {
            return false;
        }
        if (!first) {
            if (!take(',')) {
                throw damaged(peek() == -1 ? "unexpected end of the file" : "expected ',' or '" + close + "'");
            }
        }
        return true;
    }

    /** Reads a string as its canonical text, without quotes. It is valid until the next call. */
    void string(Slice into) throws IOException {
        if (peek() != '"') {
            throw damaged(peek() == -1 ? "unexpected end of the file" : "expected a string");
        }
        value(into);
        scanner.reset(bytes, into.from(), into.to());
        scanner.string(into);
    }

    /** Reads a value as it stands, without the white space around it. It is valid until the next call. */
    void value(Slice into) throws IOException {
        if (peek() == -1) {
            throw damaged("unexpected end of the file");
        }
        while (true) {
            scanner.reset(bytes, at, end);
            try {
                scanner.skipValue();
                // A number at the end of the part may go on.
                if (scanner.position() < end || ended) {
                    break;
                }
            } catch (JsonException e) {
                if (ended || e.position() < end - UNCERTAIN_BYTES) {
                    throw DatasetException.damaged(file, base + e.position(), e.getMessage());
                }
            }
            more();
        }
        into.set(bytes, at, scanner.position());
        if (into.length() > textBytesMax) {
            throw tooLong();
        }
        at = scanner.position();
    }

    /** What is wrong at the next byte. */
    DatasetException damaged(String what) {
        return damaged(at, what);
    }

    /** What is wrong at a byte of what was read last. */
    DatasetException damaged(int index, String what) {
        return DatasetException.damaged(file, base + index, what);
    }

    private DatasetException tooLong() {
        return DatasetException.damaged(
                file,
                base + at,
                "a key or value is longer than the " + textBytesMax + " bytes that limits.maxPayloadBytes allows,");
    }

    /** Drops what was read, and reads on. */
    private void more() throws IOException {
        if (at > 0) {
            System.arraycopy(bytes, at, bytes, 0, end - at);
            base += at;
            end -= at;
            at = 0;
        } else if (end == bytes.length) {
            if (end > textBytesMax) {
                throw tooLong();
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8));
        }
        int read = channel.read(ByteBuffer.wrap(bytes, end, Math.min(bytes.length - end, BYTES_MIN)));
        if (read < 0) {
            ended = true;
        } else {
            end += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
