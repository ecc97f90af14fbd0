package dev.tessera.impl.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sink that stores all complete sessions as text. */
final class Collector implements SessionSink {

    /** A session: the values of its header, and its keys in order. */
    record Saved(
            long token,
            boolean shared,
            String name,
            long durationSeconds,
            boolean deleteSession,
            Map<String, String> keys) {

        static Saved of(SessionHeader header, Map<String, String> keys) {
            return new Saved(
                    header.token(),
                    header.shared(),
                    new String(header.name(), UTF_8),
                    header.durationSeconds(),
                    header.deleteSession(),
                    keys);
        }
    }

    private final List<Saved> whole = new ArrayList<>();
    private SessionHeader header;
    private Map<String, String> keys;

    /** Reads a file to its end, or until it is damaged. */
    Collector read(Path file, ReadLimits limits) throws Exception {
        try (DatasetReader reader = new DatasetReader(file, limits)) {
            while (reader.next(this)) {
                keys = null;
            }
        }
        return this;
    }

    List<Saved> whole() {
        return whole;
    }

    @Override
    public void begin(SessionHeader begun) {
        header = begun;
        keys = new LinkedHashMap<>();
    }

    @Override
    public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) {
        keys.put(new String(key, 0, keyTo, UTF_8), new String(value, valueFrom, valueTo - valueFrom, UTF_8));
    }

    @Override
    public void keyEnd(byte[] key, int keyTo, long endMs) {
        keys.computeIfPresent(new String(key, 0, keyTo, UTF_8), (name, value) -> value + "@" + endMs);
    }

    @Override
    public void end() {
        whole.add(Saved.of(header, keys));
    }
}
