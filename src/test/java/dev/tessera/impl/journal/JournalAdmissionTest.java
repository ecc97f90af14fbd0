package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.file.UnreliableDisk;
import dev.tessera.testing.ExpectLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a journal accepts while its disk runs full, and what it refuses. */
@ExpectLog(from = SegmentPoolFiller.class, message = "cannot reserve space")
class JournalAdmissionTest {

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
                new JournalOptions(JournalPolicy.ALWAYS, SEGMENT_BYTES, TEXT_BYTES_MAX, 1 << 20, 2, 1 << 20, 1);
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
        Reservation admission = journal.admit(cost, purpose);
        if (admission == Reservation.ACCEPTED) {
            accepted.add(text);
            journal.append(new PayloadChunk(cost).endAt(text.length()).of(text.getBytes(StandardCharsets.US_ASCII)));
        }
        return admission;
    }

    @Test
    void shouldWriteAllThatItAcceptsAndRefuseTheRestWhenTheDiskRunsFull() throws Exception {
        disk.limit(20 * SEGMENT_BYTES);
        Reservation admission = Reservation.ACCEPTED;
        while (admission != Reservation.STORAGE_FULL) {
            admission = offer(random.nextInt(TEXT_BYTES_MAX), Purpose.CHANGE);
        }

        assertThat(journal.health().reason()).contains("free space");
        while (admission != Reservation.ACCEPTED) {
            admission = offer(10, Purpose.RELIEF);
        }
        while (admission == Reservation.ACCEPTED) {
            admission = offer(random.nextInt(100), Purpose.RELIEF);
        }
        told.awaitDurable(accepted.size());
        assertThat(told.failed()).as("seed %d", seed).isEmpty();
        assertThat(Texts.in(disk.afterPowerLoss(UnreliableDisk.Survival.NOTHING)))
                .isEqualTo(accepted);

        disk.limit(Long.MAX_VALUE);
        told.await(() -> journal.health().admission() == Reservation.ACCEPTED);
        assertThat(offer(TEXT_BYTES_MAX, Purpose.CHANGE)).isEqualTo(Reservation.ACCEPTED);
        assertThat(journal.health().reason()).isEmpty();
        told.awaitDurable(accepted.size());
    }

    @Test
    void shouldTakeBackWhatCameToNothing() {
        for (int i = 0; i < 1000; i++) {
            assertThat(journal.admit(TEXT_BYTES_MAX, Purpose.CHANGE)).isEqualTo(Reservation.ACCEPTED);
            journal.release(TEXT_BYTES_MAX);
        }
    }

    @Test
    void shouldRefuseForTheMomentWhatIsMoreThanIsReserved() {
        assertThat(journal.admit(20 * SEGMENT_BYTES, Purpose.CHANGE)).isEqualTo(Reservation.BEHIND);
    }

    @Test
    void shouldRefuseChangesAfterAFailureUntilAnImageIsComplete() throws Exception {
        disk.failAt(1, UnreliableDisk.Fault.FAILURE);
        long position = journal.append(Texts.chunk("perhaps"));
        told.await(() -> told.failed().contains(position));

        assertThat(journal.admit(1, Purpose.CHANGE)).isEqualTo(Reservation.UNAVAILABLE);
        assertThat(journal.health().reason()).contains("fault at");
        told.await(() -> told.image() == 1);
        assertThat(journal.admit(1, Purpose.CHANGE)).isEqualTo(Reservation.UNAVAILABLE);
        assertThat(journal.admit(JournalLog.cost(5), Purpose.IMAGE)).isEqualTo(Reservation.ACCEPTED);
        journal.append(Texts.chunk("image"));
        journal.imageComplete(1);
        told.await(() -> journal.health().admission() == Reservation.ACCEPTED);
        told.awaitDurable(journal.append(Texts.chunk("change")));

        assertThat(Texts.in(disk.afterPowerLoss(UnreliableDisk.Survival.NOTHING)))
                .containsExactly("image", "change");
    }
}
