package dev.tessera.impl.journal.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.journal.PayloadSink;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.PartitionRestorer;
import dev.tessera.impl.session.Session;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that recorded changes of a partition, when replayed, result in the same partition. */
@Tag(Layer.UNIT)
class ReplayTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final Expiry[] EXPIRIES = {
        Expiry.NEVER, new Expiry(3, true), new Expiry(4, false), new Expiry(1000, true)
    };

    private final ChangeWriter writer = new ChangeWriter();
    private final List<byte[]> log = new ArrayList<>();
    private final PayloadSink sink = (bytes, from, to) -> log.add(Arrays.copyOfRange(bytes, from, to));
    private Partition partition = new Partition(writer);
    private long nowMs = NOW;

    @Test
    void shouldRebuildThePartitionAfterEveryRandomCommand() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            restart();
            for (int step = 0; step < 400; step++) {
                command(random);
                flush();
                assertThat(text(replay(0))).as("seed %d, step %d", seed, step).isEqualTo(text(partition));
            }
        }
    }

    @Test
    void shouldRebuildFromAnyPointWithASnapshotOfAllSessions() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            restart();
            run(random, 300);
            int base = log.size();
            List<Session> toImage = new ArrayList<>();
            partition.forEachSession(toImage::add);
            for (Session session : toImage) {
                run(random, random.nextInt(20));
                if (partition.holds(session)) {
                    SnapshotChunk.ofSnapshot(List.of(SessionSnapshot.of(session)))
                            .writeTo(sink);
                }
            }
            SnapshotChunk.ofSnapshot(List.of(SessionSnapshot.ofGlobal(partition.globalKeys())))
                    .writeTo(sink);
            for (int step = 0; step < 100; step++) {
                run(random, 1);
                assertThat(text(replay(base)))
                        .as("seed %d, from the base, step %d", seed, step)
                        .isEqualTo(text(partition));
            }
            assertThat(text(replay(0)))
                    .as("seed %d, from the first record", seed)
                    .isEqualTo(text(partition));
        }
    }

    @Test
    void shouldKeepTheChangesOfOneCommandInOnePayload() throws IOException {
        Session session = partition.create(7, new byte[] {'n'}, false, Expiry.NEVER, nowMs);
        for (int command = 0; command < 2; command++) {
            partition.use(session, nowMs, keys -> {
                for (int i = 0; i < 40; i++) {
                    put(keys, "key" + i, "\"" + "x".repeat(100_000) + i + '"');
                }
            });
            writer.commandEnd();
        }
        flush();

        assertThat(log).hasSize(2);
        assertThat(text(replay(0))).isEqualTo(text(partition));
    }

    @Test
    void shouldApplyALargeSnapshotCompletelyOrNotAtAll() throws IOException {
        Session session = partition.create(7, new byte[] {'n'}, false, Expiry.NEVER, nowMs);
        partition.use(session, nowMs, keys -> {
            for (int i = 0; i < 3_000; i++) {
                put(keys, "key" + i, "\"" + "x".repeat(400) + '"');
            }
        });
        flush();
        String all = text(partition);
        SnapshotChunk.ofSnapshot(List.of(SessionSnapshot.of(session))).writeTo(sink);

        for (int cut = 1; cut <= log.size(); cut++) {
            List<byte[]> crashed = new ArrayList<>(log.subList(0, cut));
            if (cut >= 2) {
                assertThat(text(replay(crashed))).isEqualTo(all);
            }
            // The log continues after the lost part.
            crashed.add(new byte[] {PayloadOp.WHOLE, PayloadOp.GLOBAL});
            assertThat(text(replay(crashed))).isEqualTo(cut >= 2 ? all : text(replay(log.subList(0, 1))));
        }
    }

    @Test
    void shouldWriteTheEndOfASessionThatWasOnlyUsedWhenAsked() throws IOException {
        Session session = partition.create(7, new byte[] {'n'}, false, new Expiry(10, true), nowMs);
        flush();
        nowMs += 5_000;
        partition.use(session, nowMs, keys -> keys.contains(new byte[1], 0, 1));
        writer.commandEnd();
        assertThat(writer.size()).isZero();

        writer.writeTouched();
        flush();

        assertThat(replay(0).restorer().find(7).endMs()).isEqualTo(nowMs + 10_000);
        assertThat(writer.touchedBytes()).isZero();
    }

    @Test
    void shouldForgetTheUseOfAnEndedSession() throws IOException {
        Session session = partition.create(7, new byte[] {'n'}, false, new Expiry(10, true), nowMs);
        partition.use(session, nowMs + 1, keys -> {});
        writer.commandEnd();
        partition.remove(session, nowMs);
        writer.commandEnd();
        partition.create(7, new byte[] {'n'}, false, new Expiry(3, true), nowMs);
        writer.commandEnd();
        writer.writeTouched();
        flush();

        assertThat(text(replay(0))).isEqualTo(text(partition));
    }

    @Test
    void shouldRefuseUnknownPayloads() {
        Replayer replayer = new Replayer(target(new Partition()));

        for (byte[] bad : new byte[][] {
            {},
            {9},
            {0, 99},
            {0, PayloadOp.SESSION, 1},
            {0, PayloadOp.GLOBAL, PayloadOp.PUT, 1, 0, 0, 0, 0},
            {0, PayloadOp.PUT, -1, -1, -1, -1}
        }) {
            assertThatThrownBy(() -> replayer.accept(bad, 0, bad.length)).isInstanceOf(PayloadException.class);
        }
    }

    private void run(Random random, int commands) throws IOException {
        for (int i = 0; i < commands; i++) {
            command(random);
            if (random.nextInt(5) == 0) {
                flush();
            }
        }
        flush();
    }

    /** Applies a random command, sometimes after a pause. */
    private void command(Random random) {
        nowMs += random.nextInt(4) == 0 ? random.nextInt(1500) : 0;
        long token = random.nextInt(6);
        Session session = partition.find(token, nowMs);
        switch (random.nextInt(15)) {
            case 14 -> {
                if (session != null) {
                    partition.moveExpiry(session, EXPIRIES[random.nextInt(EXPIRIES.length)], nowMs);
                }
            }
            case 0 -> partition.sweep(nowMs, 10);
            case 1 -> {
                if (session != null) {
                    partition.remove(session, nowMs);
                }
            }
            case 2 -> {
                if (random.nextInt(10) == 0) {
                    partition.clear(nowMs);
                }
            }
            case 3 -> {
                partition.begin(nowMs);
                moveEnd(partition.globalKeys(), "k" + random.nextInt(9), nowMs + random.nextInt(2000));
                put(partition.globalKeys(), "k" + random.nextInt(9), Integer.toString(random.nextInt()));
                put(partition.globalKeys(), "k" + random.nextInt(9), Integer.toString(random.nextInt()));
                writer.changed(ChangeKind.APPLIED, null, null, 0);
            }
            case 4 -> {
                remove(partition.globalKeys(), "k" + random.nextInt(9));
                writer.changed(ChangeKind.APPLIED, null, null, 0);
            }
            case 5 -> {
                if (random.nextInt(5) == 0) {
                    partition.globalKeys().clear();
                    writer.changed(ChangeKind.APPLIED, null, null, 0);
                }
            }
            default -> {
                if (session == null) {
                    partition.create(
                            token,
                            ("name" + token).getBytes(UTF_8),
                            random.nextBoolean(),
                            EXPIRIES[random.nextInt(EXPIRIES.length)],
                            nowMs);
                } else {
                    partition.use(session, nowMs, keys -> changeOrBatch(keys, random));
                }
            }
        }
        writer.commandEnd();
        // A store does this every second. Here it happens at once, so that ends can be compared.
        writer.writeTouched();
    }

    private static void changeOrBatch(KeySpace keys, Random random) {
        if (random.nextInt(3) > 0) {
            change(keys, random);
            return;
        }
        for (int i = 0; i < 12; i++) {
            byte[] key = ("k" + i).getBytes(UTF_8);
            keys.expire(key, 0, key.length);
        }
        keys.beginBatch();
        for (int i = random.nextInt(8); i >= 0; i--) {
            change(keys, random);
        }
        if (random.nextInt(3) == 0) {
            keys.undoBatch();
        } else {
            keys.commitBatch();
        }
    }

    private static void change(KeySpace keys, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = "k" + random.nextInt(12);
            switch (random.nextInt(10)) {
                case 0 -> keys.clear();
                case 1, 2 -> remove(keys, key);
                case 3, 4 -> moveEnd(keys, key, keys.nowMs() + 1 + random.nextInt(2000));
                default -> put(keys, key, Integer.toString(random.nextInt()));
            }
        }
    }

    private void restart() {
        partition = new Partition(writer);
        log.clear();
        nowMs = NOW;
    }

    private void flush() throws IOException {
        writer.commandEnd();
        if (writer.size() > 0) {
            writer.take(0).writeTo(sink);
        }
    }

    private Partition replay(int from) {
        return replay(log.subList(from, log.size()));
    }

    private static Partition replay(List<byte[]> payloads) {
        Partition made = new Partition();
        Replayer replayer = new Replayer(target(made));
        for (byte[] payload : payloads) {
            replayer.accept(payload, 0, payload.length);
        }
        made.checkInvariants();
        return made;
    }

    private static ReplayTarget target(Partition partition) {
        PartitionRestorer restorer = partition.restorer();
        return new ReplayTarget() {
            @Override
            public PartitionRestorer ofToken(long token) {
                return restorer;
            }

            @Override
            public PartitionRestorer ofKey(byte[] text, int from, int to) {
                return restorer;
            }
        };
    }

    /**
     * Returns the content of a partition. An empty session restarts repeatedly, so its end is reduced to a common one.
     */
    private String text(Partition of) {
        List<String> sessions = new ArrayList<>();
        of.forEachSession(session -> {
            long period = session.expiry().durationSeconds() * 1000;
            long end = session.endMs();
            if (session.keys().heldSize() == 0
                    && session.expiry().expires()
                    && !session.expiry().deleteSession()) {
                end = end % period;
            }
            sessions.add(session.token() + " " + new String(session.name(), UTF_8) + " " + session.shared() + " "
                    + session.expiry() + " " + end + " " + keys(session.keys()));
        });
        sessions.sort(null);
        List<String> common = new ArrayList<>(keys(of.globalKeys()));
        common.sort(null);
        return sessions + " common " + common;
    }

    private static List<String> keys(KeySpace keys) {
        List<String> texts = new ArrayList<>();
        keys.forEachHeld(keyRecord -> {
            int keyFrom = KeyRecord.keyFrom(keyRecord);
            texts.add(new String(keyRecord, keyFrom, keyRecord.length - keyFrom, UTF_8) + "/"
                    + KeyRecord.revision(keyRecord) + "/" + KeyRecord.endMs(keyRecord));
        });
        return texts;
    }

    private static void put(KeySpace keys, String key, String value) {
        byte[] text = key.getBytes(UTF_8);
        keys.put(text, 0, text.length, value.getBytes(UTF_8), 0, value.length());
    }

    private static void moveEnd(KeySpace keys, String key, long endMs) {
        byte[] text = key.getBytes(UTF_8);
        keys.moveEnd(text, 0, text.length, endMs);
    }

    private static void remove(KeySpace keys, String key) {
        byte[] text = key.getBytes(UTF_8);
        keys.remove(text, 0, text.length);
    }
}
