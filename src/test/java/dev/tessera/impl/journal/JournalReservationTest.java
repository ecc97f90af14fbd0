package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.JournalLog.Purpose;
import dev.tessera.impl.journal.JournalLog.Reservation;
import dev.tessera.impl.journal.file.UnreliableDisk;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests which reservations a journal accepts and refuses while its disk runs full. */
@Tag(Layer.UNIT)
@ExpectLog(from = SegmentPool.class, message = "cannot reserve space")
class JournalReservationTest {

    private static final int SEGMENT_BYTES = 4096;
    private static final int TEXT_BYTES_MAX = 3000;

    private final long seed = CrashSeed.draw();
    private final Random random = new Random(seed);
    private final UnreliableDisk disk = new UnreliableDisk(random);
    private final Told told = new Told();
    private final List<String> accepted = new ArrayList<>();
    private Journal journal;

    @BeforeEach
    void start() throws Exception {
        JournalOptions options =
                new JournalOptions(JournalOptions.Policy.ALWAYS, SEGMENT_BYTES, TEXT_BYTES_MAX, 1 << 20, 2, 1 << 20, 1);
        journal = new Journal(disk, options, new Recovery(disk).run((bytes, from, to) -> {}, false));
        journal.start(told);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private Reservation offer(int bytes, Purpose purpose) {
        String text = accepted.size() + " " + "x".repeat(bytes);
        long cost = JournalLog.cost(text.length());
        Reservation reservation = journal.reserve(cost, purpose);
        if (reservation == Reservation.ACCEPTED) {
            accepted.add(text);
            journal.append(new PayloadChunk(cost).endAt(text.length()).of(text.getBytes(StandardCharsets.US_ASCII)));
        }
        return reservation;
    }

    @Test
    void shouldWriteAllAcceptedChangesAndRefuseOthersWhenTheDiskRunsFull() throws Exception {
        disk.limit(20 * SEGMENT_BYTES);
        Reservation reservation = Reservation.ACCEPTED;
        while (reservation != Reservation.STORAGE_FULL) {
            reservation = offer(random.nextInt(TEXT_BYTES_MAX), Purpose.CHANGE);
        }

        assertThat(journal.health().reason()).contains("free space");
        while (reservation != Reservation.ACCEPTED) {
            reservation = offer(10, Purpose.RECLAIM);
        }
        while (reservation == Reservation.ACCEPTED) {
            reservation = offer(random.nextInt(100), Purpose.RECLAIM);
        }
        told.awaitDurable(accepted.size());
        assertThat(told.failed()).as("seed %d", seed).isEmpty();
        assertThat(Texts.in(disk.afterPowerLoss(UnreliableDisk.Survival.NOTHING)))
                .isEqualTo(accepted);

        disk.limit(Long.MAX_VALUE);
        told.await(() -> journal.health().reservation() == Reservation.ACCEPTED);
        assertThat(offer(TEXT_BYTES_MAX, Purpose.CHANGE)).isEqualTo(Reservation.ACCEPTED);
        assertThat(journal.health().reason()).isEmpty();
        told.awaitDurable(accepted.size());
    }

    @Test
    void shouldReleaseUnusedReservations() {
        for (int i = 0; i < 1000; i++) {
            assertThat(journal.reserve(TEXT_BYTES_MAX, Purpose.CHANGE)).isEqualTo(Reservation.ACCEPTED);
            journal.release(TEXT_BYTES_MAX);
        }
    }

    @Test
    void shouldRefuseAChangeLargerThanThePoolForTheMoment() {
        assertThat(journal.reserve(20 * SEGMENT_BYTES, Purpose.CHANGE)).isEqualTo(Reservation.EXHAUSTED);
    }

    @Test
    void shouldRefuseChangesAfterAFailureUntilASnapshotIsComplete() throws Exception {
        disk.failAt(1, UnreliableDisk.Fault.FAILURE);
        long position = journal.append(Texts.chunk("perhaps"));
        told.await(() -> told.failed().contains(position));

        assertThat(journal.reserve(1, Purpose.CHANGE)).isEqualTo(Reservation.UNAVAILABLE);
        assertThat(journal.health().reason()).contains("fault at");
        told.await(() -> told.snapshot() == 1);
        assertThat(journal.reserve(1, Purpose.CHANGE)).isEqualTo(Reservation.UNAVAILABLE);
        assertThat(journal.reserve(JournalLog.cost(5), Purpose.SNAPSHOT)).isEqualTo(Reservation.ACCEPTED);
        journal.append(Texts.chunk("snapshot"));
        journal.snapshotComplete(1);
        told.await(() -> journal.health().reservation() == Reservation.ACCEPTED);
        told.awaitDurable(journal.append(Texts.chunk("change")));

        assertThat(Texts.in(disk.afterPowerLoss(UnreliableDisk.Survival.NOTHING)))
                .containsExactly("snapshot", "change");
    }
}
