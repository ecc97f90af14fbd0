package dev.tessera.impl.dataset;

import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A reader of one data file, which reads its sessions key by key. It refuses unknown members, because it would lose
 * their data silently. {@code keys} and {@code ends} may precede {@code sh}, and an element may be an empty object,
 * because other servers write such files.
 *
 * <p>Thread: one at a time, and no event loop.
 */
public final class DatasetReader implements Closeable {

    private static final int HEADER_DEPTH_MAX = 3;
    /** Stands for the position of ends that were read. */
    private static final long ENDS_READ = Long.MAX_VALUE;

    private final Path file;
    private final SlidingBuffer text;
    private final Slice slice = new Slice();
    private final JsonScanner scanner = new JsonScanner(HEADER_DEPTH_MAX);
    private byte[] key = new byte[256];
    private boolean begun;
    /** The position of the session that was read last. */
    private long sessionAt;

    /** Opens a file. */
    public DatasetReader(Path file, ReadLimits limits) throws DatasetException {
        this.file = file;
        try {
            this.text = new SlidingBuffer(file, limits);
        } catch (IOException e) {
            throw DatasetException.of("read", file, e);
        }
    }

    /** Returns the number of bytes read so far. */
    public long position() {
        return text.position();
    }

    /**
     * Reads the next session.
     *
     * @return false at the end of the file
     * @throws DatasetException if the file cannot be read or is damaged; the sink must then drop an open session
     * @throws IOException if the sink throws it
     */
    public boolean next(SessionSink sink) throws IOException {
        boolean first = !begun;
        if (first) {
            text.expect('[');
            begun = true;
        }
        if (!text.next(first, ']')) {
            if (text.peek() != -1) {
                throw text.damaged("unexpected text after the end");
            }
            return false;
        }
        text.peek();
        sessionAt = text.position();
        session(sink);
        return true;
    }

    /** Reads the last session again, even if the sink stopped the reading in the middle. */
    public void again(SessionSink sink) throws IOException {
        text.seek(sessionAt);
        session(sink);
    }

    private void session(SessionSink sink) throws IOException {
        text.expect('{');
        SessionHeader header = null;
        boolean keysRead = false;
        long keysAt = -1;
        long endsAt = -1;
        boolean first = true;
        for (; text.next(first, '}'); first = false) {
            text.peek();
            long memberFrom = text.position();
            String member = name();
            if (member.equals("sh") && header == null) {
                header = header();
            } else if (member.equals("keys") && !keysRead && keysAt < 0) {
                if (header == null) {
                    keysAt = text.position();
                    keys(null);
                } else {
                    sink.begin(header);
                    keys(sink);
                    keysRead = true;
                }
            } else if (member.equals("ends") && endsAt < 0) {
                endsAt = text.position();
                ends(keysRead ? sink : null);
                endsAt = keysRead ? ENDS_READ : endsAt;
            } else {
                throw DatasetException.damaged(
                        file,
                        memberFrom,
                        "a session has one 'sh', one 'keys' and at most one 'ends', and no other member, as here '"
                                + member + "',");
            }
        }
        if (first) {
            return;
        }
        if (header == null) {
            throw DatasetException.damaged(file, sessionAt, "a session has no 'sh'");
        }
        long end = text.position();
        if (!keysRead) {
            sink.begin(header);
            if (keysAt >= 0) {
                text.seek(keysAt);
                keys(sink);
            }
        }
        if (endsAt >= 0 && endsAt != ENDS_READ) {
            text.seek(endsAt);
            ends(sink);
        }
        text.seek(end);
        sink.end();
    }

    /** Reads the object of keys. Without a sink it only validates them. */
    private void keys(@Nullable SessionSink sink) throws IOException {
        text.expect('{');
        for (boolean first = true; text.next(first, '}'); first = false) {
            int length = key();
            text.value(slice);
            if (sink != null) {
                sink.key(key, length, slice.array(), slice.from(), slice.to());
            }
        }
    }

    /** Reads the object of the ends of keys. Without a sink it only validates them. */
    private void ends(@Nullable SessionSink sink) throws IOException {
        text.expect('{');
        for (boolean first = true; text.next(first, '}'); first = false) {
            int length = key();
            text.peek();
            long valueAt = text.position();
            text.value(slice);
            if (!Unsigned.isUnsigned(slice.array(), slice.from(), slice.to())) {
                throw DatasetException.damaged(file, valueAt, "an end is no integer of 0 to 18446744073709551615,");
            }
            long endMs = Unsigned.parse(slice.array(), slice.from(), slice.to());
            if (sink != null) {
                sink.keyEnd(key, length, endMs < 0 ? Long.MAX_VALUE : endMs);
            }
        }
    }

    /** Reads a key into its array, and returns its length. */
    private int key() throws IOException {
        text.string(slice);
        int length = slice.length();
        if (length > key.length) {
            key = new byte[length + length / 2];
        }
        System.arraycopy(slice.array(), slice.from(), key, 0, length);
        text.expect(':');
        return length;
    }

    private String name() throws IOException {
        text.string(slice);
        String name = slice.toString();
        text.expect(':');
        return name;
    }

    private SessionHeader header() throws IOException {
        if (text.peek() != '{') {
            throw text.damaged("expected '{'");
        }
        text.value(slice);
        int from = slice.from();
        scanner.reset(slice.array(), from, slice.to());
        HeaderParser parser = new HeaderParser(scanner);
        try {
            return parser.parse();
        } catch (JsonException e) {
            throw text.damaged(e.position(), e.getMessage());
        } catch (HeaderParser.UnusableException e) {
            throw text.damaged(from, e.getMessage());
        }
    }

    @Override
    public void close() throws DatasetException {
        try {
            text.close();
        } catch (IOException e) {
            throw DatasetException.of("close", file, e);
        }
    }
}
