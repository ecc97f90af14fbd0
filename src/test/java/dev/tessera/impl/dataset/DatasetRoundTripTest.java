package dev.tessera.impl.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that writes random sessions in random pieces into small files, and reads them. */
@Tag(Layer.UNIT)
class DatasetRoundTripTest {

    private static final ReadLimits LIMITS = new ReadLimits(4_000_000, 64);

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldReadTheSessionsThatWereWritten(long seed) throws Exception {
        Random random = new Random(seed);
        List<Collector.Saved> sessions = new ArrayList<>();
        int count = random.nextInt(200);
        for (int i = 0; i < count; i++) {
            sessions.add(session(random));
        }
        DatasetWriter writer = DatasetWriter.create(root, "random", false, 1000, 1 + random.nextInt(100_000));
        for (Collector.Saved session : sessions) {
            write(session, writer, random);
        }
        writer.complete(2000, sessions.size(), 0);

        Dataset dataset = Dataset.newest(root, "random");
        Collector collector = new Collector();
        for (Path file : dataset.files()) {
            collector.read(file, LIMITS);
        }

        assertThat(collector.whole()).as("seed %d", seed).isEqualTo(sessions);
        assertThat(collector.whole())
                .extracting(session -> List.copyOf(session.keys().keySet()))
                .isEqualTo(sessions.stream()
                        .map(session -> List.copyOf(session.keys().keySet()))
                        .toList());
        assertThat(dataset.bytes()).isEqualTo(writer.bytes());
        try (var left = Files.list(dataset.directory().resolve("data"))) {
            assertThat(left).hasSameSizeAs(dataset.files());
        }
    }

    private static Collector.Saved session(Random random) {
        RandomJson json = new RandomJson(random);
        Map<String, String> keys = new LinkedHashMap<>();
        int count = random.nextInt(4) == 0 ? random.nextInt(50) : random.nextInt(4);
        for (int i = 0; i < count; i++) {
            keys.put(canonical(json.characters()), value(json, random));
        }
        return new Collector.Saved(
                random.nextLong(),
                random.nextBoolean(),
                canonical(json.characters()),
                random.nextLong(),
                random.nextBoolean(),
                keys);
    }

    /** Returns a random value. A few are larger than the part of a file that a reader holds at first. */
    private static String value(RandomJson json, Random random) {
        if (random.nextInt(300) != 0) {
            return json.value(4);
        }
        String part = "[" + json.value(5) + ", " + json.string() + "]";
        return "[" + (part + ",").repeat(300_000 / part.length()) + part + "]";
    }

    private static String canonical(String characters) {
        return new String(JsonString.canonical(characters), UTF_8);
    }

    private static void write(Collector.Saved session, DatasetWriter writer, Random random) throws Exception {
        JsonWriter out = new JsonWriter();
        new SessionHeader(
                        session.token(),
                        session.shared(),
                        session.name().getBytes(UTF_8),
                        session.durationSeconds(),
                        session.deleteSession())
                .begin(out);
        boolean first = true;
        for (Map.Entry<String, String> key : session.keys().entrySet()) {
            if (random.nextInt(10) == 0) {
                byte[] piece = out.take(0);
                writer.write(piece, 0, piece.length, true);
            }
            if (!first) {
                out.mark(',');
            }
            first = false;
            byte[] name = key.getKey().getBytes(UTF_8);
            out.quoted(name, 0, name.length).mark(':').raw(key.getValue().getBytes(UTF_8));
        }
        SessionHeader.end(out);
        byte[] text = out.take(0);
        writer.write(text, 0, text.length, false);
    }
}
