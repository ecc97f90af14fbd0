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
 * A part of a JSON file in memory, which moves forward with its reader. The reader takes marks one by one, and a value
 * must fit into the part. The buffer validates strictly, as {@link JsonScanner} does, and reports the position of a
 * fault.
 *
 * <p>If a value crosses the end of the part, the buffer reads more and scans the value again. The part doubles each
 * time, so each byte is scanned only a few times.
 */
final class SlidingBuffer implements Closeable {

    private static final String UNEXPECTED_END = "unexpected end of the file";

    private static final int BYTES_MIN = 64 * 1024;
    /**
     * The bytes before the end of the part that may look wrong only because the rest is missing. The longest case is an
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
    /** The position in the file of the first of {@link #bytes}. */
    private long base;

    private boolean ended;

    SlidingBuffer(Path file, ReadLimits limits) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        this.textBytesMax = limits.textBytesMax();
        this.scanner = new JsonScanner(limits.depthMax());
    }

    /** Returns the position of the next byte in the file. */
    long position() {
        return base + at;
    }

    /** Moves to another position in the file. */
    void seek(long position) throws IOException {
        channel.position(position);
        base = position;
        at = 0;
        end = 0;
        ended = false;
    }

    /** Skips white space. Returns the next byte without taking it, or -1 at the end of the file. */
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

    /** Takes a mark if it is the next byte. Returns whether it took the mark. */
    boolean take(char mark) throws IOException {
        if (peek() != mark) {
            return false;
        }
        at++;
        return true;
    }

    /** Takes a mark, which must be the next byte. */
    void expect(char mark) throws IOException {
        if (!take(mark)) {
            throw damaged(peek() == -1 ? UNEXPECTED_END : "expected '" + mark + "'");
        }
    }

    /**
     * Moves to the next member or element, and takes the comma before it.
     *
     * @param first whether the object or array had none yet
     * @return false at the end of the object or array, after taking its closing mark
     */
    boolean next(boolean first, char close) throws IOException {
        if (take(close)) {
            return false;
        }
        if (!first) {
            if (!take(',')) {
                throw damaged(peek() == -1 ? UNEXPECTED_END : "expected ',' or '" + close + "'");
            }
        }
        return true;
    }

    /** Reads a string as canonical text, without quotes. The slice is valid until the next call. */
    void string(Slice into) throws IOException {
        if (peek() != '"') {
            throw damaged(peek() == -1 ? UNEXPECTED_END : "expected a string");
        }
        value(into);
        scanner.reset(bytes, into.from(), into.to());
        scanner.string(into);
    }

    /** Reads a value as it is in the file, without white space around it. The slice is valid until the next call. */
    void value(Slice into) throws IOException {
        if (peek() == -1) {
            throw damaged(UNEXPECTED_END);
        }
        while (true) {
            scanner.reset(bytes, at, end);
            try {
                scanner.skipValue();
                // A number at the end of the part may continue.
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

    /** Returns the failure for a fault at the next byte. */
    DatasetException damaged(String what) {
        return damaged(at, what);
    }

    /**
     * Returns the failure for a fault in the part.
     *
     * @param index the index in the array of the last slice
     */
    DatasetException damaged(int index, String what) {
        return DatasetException.damaged(file, base + index, what);
    }

    private DatasetException tooLong() {
        return DatasetException.damaged(
                file,
                base + at,
                "a key or value is longer than the " + textBytesMax + " bytes that limits.maxPayloadBytes allows,");
    }

    /** Drops the bytes before the next one, and reads more. */
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
