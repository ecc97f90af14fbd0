package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.file.DirectoryClaim;
import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ZipDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests a journal with its threads on a real disk. */
@Tag(Layer.UNIT)
@ExpectLog(from = DiskFiles.class, message = "POSIX")
class JournalTest {

    private static final long SEGMENT_BYTES = 8192;

    @TempDir
    private Path directory;

    private final Told told = new Told();

    @ParameterizedTest
    @EnumSource(JournalOptions.Policy.class)
    void shouldReplayAppendedChanges(JournalOptions.Policy policy) throws Exception {
        replayWhatWasAppended(directory, policy);
    }

    @Test
    void shouldReplayAppendedChangesOnAFileSystemWithoutPosix() throws Exception {
        try (ZipDisk disk = new ZipDisk(directory)) {
            replayWhatWasAppended(disk.root().resolve("journal"), JournalOptions.Policy.ALWAYS);
        }
    }

    private void replayWhatWasAppended(Path directory, JournalOptions.Policy policy) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            List<String> replayed = new ArrayList<>();
            DiskFiles files = new DiskFiles(directory, DirectoryClaim.UNLOCKED);
            Recovered recovered = new Recovery(files).run(Texts.into(replayed), false);
            assertThat(replayed).isEqualTo(texts);
            try (Journal journal = new Journal(files, options(policy), recovered)) {
                journal.start(told);
                for (int i = 0; i < 1000; i++) {
                    String text = "run " + run + " text " + i + "x".repeat(i);
                    texts.add(text);
                    assertThat(journal.append(Texts.chunk(text))).isEqualTo(i + 1);
                }
                told.awaitDurable(1000);
                told.durable(0);
            }
        }
    }

    @Test
    void shouldDeleteOldSegmentsAfterASnapshotIsComplete() throws Exception {
        DiskFiles files = new DiskFiles(directory, DirectoryClaim.UNLOCKED);
        try (Journal journal = new Journal(
                files,
                options(JournalOptions.Policy.ALWAYS),
                new Recovery(files).run(Texts.into(new ArrayList<>()), false))) {
            journal.start(told);
            for (int i = 0; told.snapshot() == 0; i++) {
                told.awaitDurable(journal.append(Texts.chunk("text " + i + " of no use later")));
            }
            journal.append(Texts.chunk("snapshot"));
            journal.snapshotComplete(told.snapshot());
            told.awaitDurable(journal.append(Texts.chunk("change")));
        }

        assertThat(Texts.in(files)).endsWith("snapshot", "change").hasSizeLessThan(10);
    }

    private static JournalOptions options(JournalOptions.Policy policy) {
        return JournalOptions.of(policy).withSizes(SEGMENT_BYTES, SEGMENT_BYTES, 4 * SEGMENT_BYTES);
    }
}
