package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.file.UnreliableDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A journal without threads, under random changes to a map, images of it, and segments that are made ahead or are not;
 * and the maps that a recovery may find: as they were after the last change that was told durable, or after any one
 * since. It lives through crashes.
 */
final class Simulation implements JournalListener {

    private static final int NAMES = 12;

    private final Random random;
    private final JournalOptions options;
    private UnreliableDisk disk;
    private Scribe scribe;

    private final Map<String, String> live = new TreeMap<>();
    /** What the map was after the record of a number, from the last durable one on. */
    private final TreeMap<Long, Map<String, String>> history = new TreeMap<>();
    /** The record with which the chunk of a position ends. */
    private final Map<Long, Long> recordOf = new LinkedHashMap<>();

    private long records;
    private long image;
    private final Deque<String> imagesLeft = new ArrayDeque<>();
    private int imagesComplete;
    private int recoveries;
    private int failures;

    Simulation(long seed, JournalPolicy policy) {
        random = new Random(seed);
        options = Scribe.options(policy);
        disk = new UnreliableDisk(random);
        history.put(0L, Map.of());
    }

    UnreliableDisk disk() {
        return disk;
    }

    int imagesComplete() {
        return imagesComplete;
    }

    int failures() {
        return failures;
    }

    JournalWriter.State state() {
        return scribe.writer().state();
    }

    /** What has become of a disk; the calls that are to fail on it are to be chosen anew. */
    void continueOn(UnreliableDisk other) {
        disk = other;
    }

    /** Recovers and begins to write; checks what is found. */
    void start() throws Exception {
        Map<String, String> found = new TreeMap<>();
        Recovered recovered = new Recovery(disk).run(into(found), false);
        assertThat(history.values()).as("maps that may be found").contains(found);
        recoveries++;
        live.clear();
        live.putAll(found);
        history.clear();
        history.put(records, Map.copyOf(found));
        recordOf.clear();
        imagesLeft.clear();
        image = 0;
        scribe = new Scribe(disk, options, recovered, this);
    }

    /** Looks at what would be found if the power were lost now. */
    void checkAfter(UnreliableDisk.Survival survival) throws Exception {
        Map<String, String> found = new TreeMap<>();
        new Recovery(disk.afterPowerLoss(survival)).run(into(found), false);
        assertThat(history.values()).as("maps that may be found").contains(found);
    }

    private static PayloadSink into(Map<String, String> map) {
        return (bytes, from, to) -> replay(new String(bytes, from, to - from, StandardCharsets.UTF_8), map);
    }

    private static void replay(String payload, Map<String, String> map) {
        String[] words = payload.split(" ", 3);
        switch (words[0]) {
            case "new", "image" -> map.put(words[1], words[2]);
            // Without its session, its image is yet to come.
            case "set" -> map.computeIfPresent(words[1], (name, value) -> words[2]);
            case "end" -> map.remove(words[1]);
            default -> throw new AssertionError(payload);
        }
    }

    /** So many turns, or fewer if the power is lost. */
    void run(int turns) {
        for (int i = 0; i < turns && !disk.isOff(); i++) {
            turn();
        }
    }

    private void turn() {
        List<Chunk> chunks = new ArrayList<>();
        if (scribe.writer().state() == JournalWriter.State.RUNNING) {
            for (int i = random.nextInt(3); i > 0; i--) {
                chunks.add(changes());
            }
        }
        if (image != 0) {
            for (int i = 1 + random.nextInt(3); i > 0 && !imagesLeft.isEmpty(); i--) {
                image(imagesLeft.poll()).ifPresent(chunks::add);
            }
            if (imagesLeft.isEmpty()) {
                chunks.add(new SnapshotEnd(image));
                image = 0;
                imagesComplete++;
            }
        }
        recordOf.put(scribe.position() + chunks.size(), records);
        scribe.write(chunks);
        if (random.nextBoolean()) {
            scribe.idle();
        }
        if (random.nextInt(4) > 0) {
            fill();
        }
    }

    private void fill() {
        try {
            scribe.fill();
        } catch (IOException e) {
            // The disk's fault; what follows from it is the writer's.
            failures++;
        }
    }

    private Chunk changes() {
        String[] texts = new String[1 + random.nextInt(3)];
        for (int i = 0; i < texts.length; i++) {
            String name = "name" + random.nextInt(NAMES);
            String value = records + "v".repeat(random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(60));
            String kind = !live.containsKey(name) ? "new" : random.nextInt(5) == 0 ? "end" : "set";
            texts[i] = kind + " " + name + (kind.equals("end") ? "" : " " + value);
            replay(texts[i], live);
            records++;
            history.put(records, Map.copyOf(live));
        }
        return Texts.chunk(texts);
    }

    private Optional<Chunk> image(String name) {
        String value = live.get(name);
        return value == null ? Optional.empty() : Optional.of(Texts.image("image " + name + " " + value));
    }

    @Override
    public void durable(long upTo) {
        Long record = recordOf.get(upTo);
        history.headMap(record).clear();
    }

    @Override
    public void failed(long upTo) {
        failures++;
        assertThat(recordOf).containsKey(upTo);
    }

    @Override
    public void imageWanted(long number) {
        image = number;
        imagesLeft.clear();
        imagesLeft.addAll(live.keySet());
    }

    @Override
    public void healthChanged() {
        // What it says is asked for.
    }

    @Override
    public String toString() {
        return "call " + disk.calls() + ", fault at " + disk.faultyCall() + ", recoveries " + recoveries + ", images "
                + imagesComplete
                + (scribe == null
                        ? ""
                        : ", state " + state() + ", failure " + scribe.writer().failure());
    }
}
