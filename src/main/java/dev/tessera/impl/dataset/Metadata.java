package dev.tessera.impl.dataset;

import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code md/md.json}. The members {@code files}, {@code sessions} and {@code keys} are missing unless
 * the save is complete:
 *
 * <pre>
 *   {"name":"shop","version":1,"status":1,"start":1000,"complete":1500,"saveType":0,"files":1,"sessions":2,"keys":0}
 * </pre>
 *
 * @param name the save's name
 * @param version the version of the format
 * @param status the progress of the save
 * @param startMs the start, in milliseconds since 1970
 * @param completeMs the end, in milliseconds since 1970, or 0 before it
 * @param selected whether the save contains only some sessions
 * @param files the number of data files, or {@link #UNKNOWN}
 * @param sessions the number of sessions in them
 * @param keys the number of keys in them
 */
record Metadata(
        String name,
        long version,
        Status status,
        long startMs,
        long completeMs,
        boolean selected,
        long files,
        long sessions,
        long keys) {

    /** The version of saves in which no key has an end. */
    static final int VERSION = 1;

    /** The version of saves with ends of keys, and the highest readable one. */
    static final int VERSION_WITH_ENDS = 2;

    static final long UNKNOWN = -1;

    private static final int BYTES_MAX = 1024 * 1024;
    private static final int DEPTH_MAX = 64;

    /** The progress of a save. */
    enum Status {
        PENDING(0),
        COMPLETE(1),
        ERROR(2);

        /** The number in the file. */
        private final int number;

        Status(int number) {
            this.number = number;
        }

        private static @Nullable Status numbered(@Nullable Long number) {
            for (Status status : values()) {
                if (number != null && number == status.number) {
                    return status;
                }
            }
            return null;
        }
    }

    Metadata ended(Status how, boolean anyEnds, long nowMs, long fileCount, long sessionCount, long keyCount) {
        return new Metadata(
                name,
                anyEnds ? VERSION_WITH_ENDS : VERSION,
                how,
                startMs,
                nowMs,
                selected,
                fileCount,
                sessionCount,
                keyCount);
    }

    /** Returns the path of the file in the directory of a save. */
    static Path file(Path directory) {
        return directory(directory).resolve("md.json");
    }

    /** Returns the directory of the file in the directory of a save. */
    static Path directory(Path save) {
        return save.resolve("md");
    }

    /** Writes the file and replaces an existing one. */
    void write(Path file) throws IOException {
        JsonWriter out = new JsonWriter();
        out.mark('{').string("name").mark(':').string(name);
        number(out, "version", version);
        number(out, "status", status.number);
        number(out, "start", startMs);
        number(out, "complete", completeMs);
        number(out, "saveType", selected ? 1 : 0);
        if (files != UNKNOWN) {
            number(out, "files", files);
            number(out, "sessions", sessions);
            number(out, "keys", keys);
        }
        byte[] text = out.mark('}').take(0);
        try (FileChannel channel = DurableFiles.create(file)) {
            DurableFiles.write(channel, text, 0, text.length);
            DurableFiles.finish(channel, file);
        }
    }

    private static void number(JsonWriter out, String member, long value) {
        out.mark(',').string(member).mark(':').unsigned(value);
    }

    /**
     * Reads the file.
     *
     * @throws DatasetException if the file has no valid status, or a version that this server does not know
     */
    static Metadata read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw DatasetException.damaged(file, BYTES_MAX, "it is larger than " + BYTES_MAX + " bytes");
        }
        byte[] text = Files.readAllBytes(file);
        JsonScanner scanner = new JsonScanner(DEPTH_MAX);
        scanner.reset(text, 0, text.length);
        try {
            return read(file, scanner);
        } catch (JsonException e) {
            throw DatasetException.damaged(file, e.position(), e.getMessage());
        }
    }

    private static Metadata read(Path file, JsonScanner scanner) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        Slice member = new Slice();
        Slice value = new Slice();
        String name = "";
        if (scanner.peek() != '{') {
            throw DatasetException.damaged(file, scanner.position(), "expected '{'");
        }
        scanner.enter();
        for (boolean first = true; scanner.member(first, member); first = false) {
            String what = member.toString();
            if (what.equals("name") && scanner.peek() == '"') {
                scanner.string(value);
                name = JsonString.decode(value.array(), value.from(), value.to());
            } else {
                scanner.value(value);
                if (Unsigned.isUnsigned(value.array(), value.from(), value.to())) {
                    numbers.put(what, Unsigned.parse(value.array(), value.from(), value.to()));
                }
            }
        }
        scanner.expectEnd();
        @Nullable Status status = Status.numbered(numbers.get("status"));
        if (status == null) {
            throw DatasetException.damaged(file, 0, "its 'status' is not 0, 1 or 2,");
        }
        long version = numbers.getOrDefault("version", 0L);
        if (version > VERSION_WITH_ENDS) {
            throw new DatasetException(DatasetMessages.unknownVersion(file.getFileName(), version, VERSION_WITH_ENDS));
        }
        return new Metadata(
                name,
                version,
                status,
                numbers.getOrDefault("start", 0L),
                numbers.getOrDefault("complete", 0L),
                numbers.getOrDefault("saveType", 0L) == 1,
                numbers.getOrDefault("files", UNKNOWN),
                numbers.getOrDefault("sessions", UNKNOWN),
                numbers.getOrDefault("keys", UNKNOWN));
    }
}
