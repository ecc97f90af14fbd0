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

/**
 * What {@code md/md.json} says of a save: one object of the members {@code name}, {@code version}, {@code status},
 * {@code start}, {@code complete} and {@code saveType}, and since it is known at the end, {@code files},
 * {@code sessions} and {@code keys}.
 *
 * @param name the save's name
 * @param status how far it came
 * @param startMs when it began, in milliseconds since 1970
 * @param completeMs when it ended; 0 before
 * @param selected whether only some sessions were to be saved
 * @param files how many data files there are; -1 where it is not known
 * @param sessions how many sessions they hold
 * @param keys how many keys
 */
record Metadata(
        String name,
        Status status,
        long startMs,
        long completeMs,
        boolean selected,
        long files,
        long sessions,
        long keys) {

    /** The version of the format that is written, and the highest that is read. */
    static final int VERSION = 1;

    static final long UNKNOWN = -1;

    private static final int BYTES_MAX = 1024 * 1024;
    private static final int DEPTH_MAX = 64;

    /** How far a save came; the order is that of the numbers in the file. */
    enum Status {
        PENDING,
        COMPLETE,
        ERROR
    }

    Metadata ended(Status how, long nowMs, long fileCount, long sessionCount, long keyCount) {
        return new Metadata(name, how, startMs, nowMs, selected, fileCount, sessionCount, keyCount);
    }

    /** Where the file lies in the directory of a save. */
    static Path file(Path directory) {
        return directory.resolve("md").resolve("md.json");
    }

    /** Writes the file, in place of the one that is there. */
    void write(Path file) throws IOException {
        JsonWriter out = new JsonWriter();
        out.mark('{').string("name").mark(':').string(name);
        number(out, "version", VERSION);
        number(out, "status", status.ordinal());
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
     * @throws DatasetException where it says no status, or that its version is not known here
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
        Long status = numbers.get("status");
        if (status == null || status < 0 || status >= Status.values().length) {
            throw DatasetException.damaged(file, 0, "its 'status' is not 0, 1 or 2,");
        }
        if (numbers.getOrDefault("version", 0L) > VERSION) {
            throw new DatasetException(file.getFileName() + " of this save is of version " + numbers.get("version")
                    + ", and this server reads up to version " + VERSION);
        }
        return new Metadata(
                name,
                Status.values()[status.intValue()],
                numbers.getOrDefault("start", 0L),
                numbers.getOrDefault("complete", 0L),
                numbers.getOrDefault("saveType", 0L) == 1,
                numbers.getOrDefault("files", UNKNOWN),
                numbers.getOrDefault("sessions", UNKNOWN),
                numbers.getOrDefault("keys", UNKNOWN));
    }
}
