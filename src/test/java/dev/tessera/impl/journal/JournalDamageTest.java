package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tessera.impl.journal.file.UnreliableDisk;
import dev.tessera.impl.journal.file.UnreliableDisk.Survival;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Truncates a small journal, and changes a byte of it, at every offset of every file. */
@Tag(Layer.CRASH)
class JournalDamageTest {

    private static final Random RANDOM = new Random(1);

    /** How the server that wrote the journal ended. */
    enum End {
        CLOSED,
        KILLED,
        KILLED_BEFORE_ANY_FORCE
    }

    private interface Damage {
        byte[] to(byte[] content, int offset);
    }

    private final UnreliableDisk whole = new UnreliableDisk(RANDOM);
    private final List<String> texts = new ArrayList<>();

    private void write(End end) throws Exception {
        Scribe scribe = Scribe.on(
                whole,
                end == End.KILLED_BEFORE_ANY_FORCE ? JournalOptions.Policy.EVERYSEC : JournalOptions.Policy.ALWAYS);
        for (int i = 0; i < 8; i++) {
            texts.add("text " + i + " " + "x".repeat(i == 3 ? 4500 : i * 37));
            scribe.write(texts.get(i));
        }
        if (end == End.CLOSED) {
            scribe.close();
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void shouldFindAllButTheLastOrRefuseToStartIfAByteIsChanged(End end) throws Exception {
        write(end);
        for (String name : names()) {
            for (int offset = 0; offset < whole.read(name).length; offset++) {
                UnreliableDisk disk = damaged(name, offset, (content, at) -> {
                    content[at] ^= (byte) (1 << RANDOM.nextInt(8));
                    return content;
                });
                List<String> found = new ArrayList<>();
                try {
                    new Recovery(disk).run(Texts.into(found), false);
                    assertThat(found)
                            .as("%s at %d", name, offset)
                            .startsWith(texts.subList(0, texts.size() - 1).toArray(String[]::new));
                    assertThat(texts).startsWith(found.toArray(String[]::new));
                } catch (JournalDamagedException e) {
                    assertThat(e.file()).isEqualTo(name);
                    assertThat(e.offset()).isBetween(Math.max(0L, offset - 4200), (long) offset);
                    assertThat(e)
                            .hasMessageContaining(name)
                            .hasMessageContaining("--repair")
                            .hasMessageContaining(String.valueOf(e.offset()));
                    assertThat(repaired(disk))
                            .as("%s at %d", name, offset)
                            .isSubsetOf(texts)
                            .hasSizeGreaterThanOrEqualTo(texts.size() - 1);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void shouldFindWhatIsBeforeACutOrRefuseToStart(End end) throws Exception {
        write(end);
        for (String name : names()) {
            boolean isNewest = name.equals(names().get(names().size() - 1));
            for (int offset = 0; offset < whole.read(name).length; offset++) {
                UnreliableDisk disk = damaged(name, offset, Arrays::copyOf);
                List<String> found = new ArrayList<>();
                try {
                    new Recovery(disk).run(Texts.into(found), false);
                    assertThat(isNewest).as("%s is the newest", name).isTrue();
                    assertThat(texts).startsWith(found.toArray(String[]::new));
                } catch (JournalDamagedException e) {
                    assertThat(isNewest).as("%s is the newest", name).isFalse();
                    assertThat(e.file()).isIn(names());
                    assertThat(repaired(disk))
                            .as("%s at %d", name, offset)
                            .isSubsetOf(texts)
                            .endsWith(texts.get(texts.size() - 1));
                }
            }
        }
    }

    /** A power loss may remove sectors that were not forced, but no others. */
    @ParameterizedTest
    @EnumSource(End.class)
    void shouldDistinguishLostSectorsFromThoseThatWereNeverWritten(End end) throws Exception {
        write(end);
        String newest = names().get(names().size() - 1);
        for (String name : names()) {
            int used = used(whole.read(name));
            boolean mayBeMissing = end == End.KILLED_BEFORE_ANY_FORCE && name.equals(newest);
            // A whole record and a mark always follow the last but one.
            for (int sector = 0; sector + 2 * SegmentReader.SECTOR_BYTES < used; sector += SegmentReader.SECTOR_BYTES) {
                UnreliableDisk disk = damaged(name, sector, (content, at) -> {
                    Arrays.fill(content, at, at + SegmentReader.SECTOR_BYTES, (byte) 0);
                    return content;
                });
                List<String> found = new ArrayList<>();
                try {
                    new Recovery(disk).run(Texts.into(found), false);
                    assertThat(texts).startsWith(found.toArray(String[]::new));
                    assertThat(mayBeMissing).as("%s at %d", name, sector).isTrue();
                } catch (JournalDamagedException e) {
                    assertThat(mayBeMissing).as("%s at %d", name, sector).isFalse();
                    assertThat(e.file()).isEqualTo(name);
                }
            }
        }
    }

    private static int used(byte[] content) {
        int used = content.length;
        while (used > 0 && content[used - 1] == 0) {
            used--;
        }
        return used;
    }

    private UnreliableDisk damaged(String name, int offset, Damage damage) {
        UnreliableDisk disk = whole.afterKill();
        disk.write(name, damage.to(whole.read(name), offset));
        return disk;
    }

    /** Repairs and rewrites the log, and returns what the next start finds without a repair. */
    private static List<String> repaired(UnreliableDisk disk) throws Exception {
        List<String> kept = new ArrayList<>();
        Recovered recovered = new Recovery(disk).run(Texts.into(kept), true);
        assertThat(recovered.damages()).isNotEmpty();
        Told told = new Told();
        Scribe scribe = new Scribe(disk, Scribe.options(JournalOptions.Policy.ALWAYS), recovered, told);
        scribe.write(List.of());
        assertThat(told.snapshot()).as("a snapshot is wanted").isEqualTo(1);
        List<Chunk> chunks = new ArrayList<>();
        kept.forEach(text -> chunks.add(Texts.chunk(text)));
        chunks.add(new SnapshotProgress.End(1));
        assertThat(scribe.writer().state()).isEqualTo(JournalWriter.State.REWRITING);
        scribe.write(chunks);
        assertThat(scribe.writer().state()).isEqualTo(JournalWriter.State.RUNNING);
        for (long number : recovered.damaged()) {
            if (recovered.segments().contains(number)) {
                assertThat(disk.list())
                        .contains(SegmentName.of(number) + SegmentName.DAMAGED)
                        .doesNotContain(SegmentName.of(number));
            }
        }
        assertThat(Texts.in(disk.afterPowerLoss(Survival.NOTHING))).isEqualTo(kept);
        return kept;
    }

    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        for (String name : whole.list()) {
            if (Texts.begins(whole, name)) {
                names.add(name);
            }
        }
        if (names.size() < 2) {
            fail("the journal has segments " + names);
        }
        return names.stream().sorted().toList();
    }
}
