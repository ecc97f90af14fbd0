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
 * A simulation of a journal without threads: random changes to a map, snapshots of the map, and random preallocation.
 * It knows which maps a recovery may find: the one after the last durable change, or after any later change. It
 * survives crashes.
 */
final class Simulation implements JournalListener {

    private static final int NAMES = 12;

    private final Random random;
    private final JournalOptions options;
    private UnreliableDisk disk;
    private Scribe scribe;

    private final Map<String, String> live = new TreeMap<>();
    /** The map after each record, by the record's number, beginning with the last durable one. */
    private final TreeMap<Long, Map<String, String>> history = new TreeMap<>();
    /** The last record of each chunk, by the chunk's position. */
    private final Map<Long, Long> recordOf = new LinkedHashMap<>();

    private long records;
    private long snapshot;
    private final Deque<String> namesLeft = new ArrayDeque<>();
    private int snapshotsComplete;
    private int recoveries;
    private int failures;

    Simulation(long seed, JournalOptions.Policy policy) {
        random = new Random(seed);
        options = Scribe.options(policy);
        disk = new UnreliableDisk(random);
        history.put(0L, Map.of());
    }

    UnreliableDisk disk() {
        return disk;
    }

    int snapshotsComplete() {
        return snapshotsComplete;
    }

    int failures() {
        return failures;
    }

    JournalWriter.State state() {
        return scribe.writer().state();
    }

    /** Continues with another state of the disk, on which no call fails yet. */
    void continueOn(UnreliableDisk other) {
        disk = other;
    }

    /** Recovers, checks the found map, and opens the journal. */
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
        namesLeft.clear();
        snapshot = 0;
        scribe = new Scribe(disk, options, recovered, this);
    }

    /** Checks which map a recovery would find after a power loss at this moment. */
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
            case "new", "snapshot" -> map.put(words[1], words[2]);
            // If the name is unknown, its snapshot comes later.
            case "set" -> map.computeIfPresent(words[1], (name, value) -> words[2]);
            case "end" -> map.remove(words[1]);
            default -> throw new AssertionError(payload);
        }
    }

    /** Runs some turns, or fewer if the power fails. */
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
        if (snapshot != 0) {
            for (int i = 1 + random.nextInt(3); i > 0 && !namesLeft.isEmpty(); i--) {
                snapshotOf(namesLeft.poll()).ifPresent(chunks::add);
            }
            if (namesLeft.isEmpty()) {
                chunks.add(new SnapshotProgress.End(snapshot));
                snapshot = 0;
                snapshotsComplete++;
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
            // The disk has failed. The writer handles the consequences.
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

    private Optional<Chunk> snapshotOf(String name) {
        String value = live.get(name);
        return value == null ? Optional.empty() : Optional.of(Texts.snapshot("snapshot " + name + " " + value));
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
    public void snapshotWanted(long number) {
        snapshot = number;
        namesLeft.clear();
        namesLeft.addAll(live.keySet());
    }

    @Override
    public void healthChanged() {
        // The tests ask for the state.
    }

    @Override
    public String toString() {
        return "call " + disk.calls() + ", fault at " + disk.faultyCall() + ", recoveries " + recoveries
                + ", snapshots "
                + snapshotsComplete
                + (scribe == null
                        ? ""
                        : ", state " + state() + ", failure " + scribe.writer().failure());
    }
}
