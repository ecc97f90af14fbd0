package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.file.UnreliableDisk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much of the disk a journal takes, for data of one size that are changed again and again. */
class JournalSpaceTest {

    private static final int NAMES = 40;
    private static final int VALUE_BYTES = 400;
    private static final int TURNS = 5000;

    private final Random random = new Random(1);
    private final UnreliableDisk disk = new UnreliableDisk(random);
    private final Told told = new Told();

    @Test
    void shouldTakeNoMoreThanStated() throws Exception {
        JournalOptions options = Scribe.options(JournalPolicy.EVERYSEC);
        Scribe scribe = new Scribe(disk, options, new Recovery(disk).run((bytes, from, to) -> {}, false), told);
        long live = JournalLog.cost(VALUE_BYTES) * NAMES;
        // The log until an image is due, the image, and what was changed while it was written: here one change for each
        // image.
        long log = Math.max(options.compactBytesMin(), (long) (options.compactFactor() * live)) + live + live;
        long reserved = options.reserveBytesMin() + options.marginBytes(Purpose.CHANGE) + 3 * options.segmentBytes();

        long image = 0;
        Deque<Chunk> images = new ArrayDeque<>();
        for (int turn = 0; turn < TURNS; turn++) {
            List<Chunk> chunks = new ArrayList<>();
            chunks.add(Texts.chunk("x".repeat(VALUE_BYTES)));
            if (told.image() != image) {
                image = told.image();
                for (int i = 0; i < NAMES; i++) {
                    images.add(Texts.image("x".repeat(VALUE_BYTES)));
                }
                images.add(new SnapshotEnd(image));
            }
            if (!images.isEmpty()) {
                chunks.add(images.poll());
            }
            scribe.write(chunks);
            scribe.fill();
            assertThat(disk.bytes()).as("turn %d", turn).isLessThanOrEqualTo(log + reserved);
        }

        assertThat(image).isGreaterThan(50);
        assertThat(told.failed()).isEmpty();
        scribe.close();
        assertThat(scribe.room()).isZero();
        assertThat(disk.bytes()).isLessThanOrEqualTo(log);
    }
}
