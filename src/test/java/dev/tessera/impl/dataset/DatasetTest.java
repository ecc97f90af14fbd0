package dev.tessera.impl.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ZipDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag(Layer.UNIT)
class DatasetTest {

    private static final byte[] SESSION = """
            {"sh":{"tkn":1},"keys":{}}""".getBytes(UTF_8);

    @TempDir
    Path root;

    @Test
    void shouldWriteMetadataAndData() throws Exception {
        save("shop", 1000, true, 2);

        assertThat(Files.readString(root.resolve("shop/1000/md/md.json")))
                .isEqualTo("{\"name\":\"shop\",\"version\":1,\"status\":1,"
                        + "\"start\":1000,\"complete\":1500,\"saveType\":1,\"files\":1,\"sessions\":2,\"keys\":0}");
        assertThat(Files.readString(root.resolve("shop/1000/data/0"))).isEqualTo("""
                        [{"sh":{"tkn":1},"keys":{}},{"sh":{"tkn":1},"keys":{}}]""");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("shop"))))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldWriteOnAFileSystemWithoutPosix() throws Exception {
        try (ZipDisk disk = new ZipDisk(root)) {
            DatasetWriter writer = DatasetWriter.create(disk.root(), "shop", false, 1000, DatasetWriter.FILE_BYTES);
            writer.write(SESSION, 0, SESSION.length, false);
            writer.complete(1500, 1, 0);

            assertThat(Dataset.newest(disk.root(), "shop").directory())
                    .isEqualTo(disk.root().resolve("shop/1000"));
        }
    }

    @Test
    void shouldFindTheNewestCompleteSave() throws Exception {
        save("shop", 999, false, 1);
        save("shop", 10_000, false, 1);
        DatasetWriter pending = DatasetWriter.create(root, "shop", false, 20_000, 1);
        pending.write(SESSION, 0, SESSION.length, false);
        DatasetWriter failed = DatasetWriter.create(root, "shop", false, 30_000, 1);
        failed.write(SESSION, 0, SESSION.length, false);
        failed.fail(30_001);
        Files.createDirectory(root.resolve("shop/40000"));
        Files.createDirectories(root.resolve("shop/zz/md"));

        assertThat(Dataset.newest(root, "shop").directory()).isEqualTo(root.resolve("shop/10000"));
        assertThat(Files.readString(root.resolve("shop/20000/md/md.json"))).contains("\"status\":0");
        assertThat(Files.readString(root.resolve("shop/30000/md/md.json"))).contains("\"status\":2");
        assertThat(root.resolve("shop/30000/data")).isEmptyDirectory();
    }

    @Test
    void shouldUseTheNextTimestampIfOneIsTaken() throws Exception {
        save("shop", 1000, false, 1);
        save("shop", 1000, false, 2);

        assertThat(Dataset.newest(root, "shop").directory()).isEqualTo(root.resolve("shop/1001"));
    }

    @Test
    void shouldNumberANewSaveAboveAllOthersThoughTheClockWasSetBack() throws Exception {
        save("shop", 9_000_000, false, 1);
        save("shop", 1000, false, 2);

        assertThat(Dataset.newest(root, "shop").directory()).isEqualTo(root.resolve("shop/9000001"));
        assertThat(Files.readString(root.resolve("shop/9000001/md/md.json"))).contains("\"start\":1000,");
    }

    @Test
    void shouldRefuseToSaveAboveTheHighestNumber() throws Exception {
        Files.createDirectories(root.resolve("shop/8999999999999999999"));

        assertThatThrownBy(() -> save("shop", 1000, false, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage(DatasetMessages.NUMBERS_EXHAUSTED);
        assertThat(root.resolve("shop")).isDirectoryContaining("glob:**8999999999999999999");
    }

    @Test
    void shouldBeginANewFileWhenOneIsFull() throws Exception {
        DatasetWriter writer = DatasetWriter.create(root, "shop", false, 1000, 2L * SESSION.length);
        for (int i = 0; i < 5; i++) {
            writer.write(SESSION, 0, SESSION.length, false);
        }
        writer.complete(1001, 5, 0);

        assertThat(Dataset.newest(root, "shop").files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("0", "1", "2");
        assertThat(root.resolve("shop/1000/data/0")).hasSize(2L * SESSION.length + 3);
    }

    @Test
    void shouldReportAMissingSave() throws Exception {
        DatasetWriter.create(root, "pending", false, 1000, 1);

        assertThatThrownBy(() -> Dataset.newest(root, "shop")).hasMessage(DatasetMessages.NO_SAVE);
        assertThatThrownBy(() -> Dataset.newest(root, "pending")).hasMessage(DatasetMessages.NONE_COMPLETE);
        assertThatThrownBy(() -> Dataset.newest(root.resolve("none"), "shop")).hasMessage(DatasetMessages.NO_SAVE);
    }

    @Test
    void shouldReportAMissingDataFile() throws Exception {
        DatasetWriter writer = DatasetWriter.create(root, "shop", false, 1000, 1);
        for (int i = 0; i < 12; i++) {
            writer.write(SESSION, 0, SESSION.length, false);
        }
        writer.complete(1001, 12, 0);
        Files.delete(root.resolve("shop/1000/data/11"));

        assertThatThrownBy(() -> Dataset.newest(root, "shop"))
                .hasMessage(DatasetMessages.missing(Path.of("1000/data/11")));

        Files.move(root.resolve("shop/1000/data/3"), root.resolve("shop/1000/data/11"));
        assertThatThrownBy(() -> Dataset.newest(root, "shop"))
                .hasMessage(DatasetMessages.missing(Path.of("1000/data/3")));
    }

    @Test
    void shouldNotFollowLinksOutOfItsDirectory(@TempDir Path elsewhere) throws Exception {
        save("shop", 1000, false, 1);
        Files.move(root.resolve("shop"), elsewhere.resolve("shop"));
        Files.createSymbolicLink(root.resolve("shop"), elsewhere.resolve("shop"));
        assertThatThrownBy(() -> Dataset.newest(root, "shop")).hasMessage(DatasetMessages.NO_SAVE);
        assertThatThrownBy(() -> DatasetWriter.create(root, "shop", false, 2000, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage(DatasetMessages.nameTaken(Path.of("shop")));

        save("file", 1000, false, 1);
        Files.move(root.resolve("file/1000/data/0"), elsewhere.resolve("0"));
        Files.createSymbolicLink(root.resolve("file/1000/data/0"), elsewhere.resolve("0"));
        assertThatThrownBy(() -> Dataset.newest(root, "file"))
                .hasMessage(DatasetMessages.noFile(Path.of("1000/data/0")));

        Files.createDirectory(root.resolve("time"));
        Files.createSymbolicLink(root.resolve("time/1000"), elsewhere.resolve("shop/1000"));
        assertThatThrownBy(() -> Dataset.newest(root, "time")).hasMessage(DatasetMessages.NONE_COMPLETE);
    }

    @Test
    void shouldReportDamagedMetadata() throws Exception {
        save("shop", 1000, false, 1);
        Path shown = Path.of("shop/1000/md/md.json");
        Path file = root.resolve(shown);

        Files.writeString(file, "{\"status\":1");
        assertThatThrownBy(() -> Dataset.newest(root, "shop"))
                .hasMessage(DatasetMessages.damaged(shown, "expected ',' or '}'", 11));
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> Dataset.newest(root, "shop"))
                .hasMessage(DatasetMessages.damaged(shown, "expected '{'", 0));
        Files.writeString(file, "{\"status\":7}");
        assertThatThrownBy(() -> Dataset.newest(root, "shop"))
                .hasMessage(DatasetMessages.damaged(shown, "its 'status' is not 0, 1 or 2,", 0));
        Files.writeString(file, """
                {"status":1,"version":3}""");
        assertThatThrownBy(() -> Dataset.newest(root, "shop"))
                .hasMessage(DatasetMessages.unknownVersion(Path.of("md.json"), 3, Metadata.VERSION_WITH_ENDS));
    }

    @Test
    void shouldReportWhyItCannotCreateFiles() throws Exception {
        Files.writeString(root.resolve("shop"), "a file");

        assertThatThrownBy(() -> DatasetWriter.create(root, "shop", false, 1000, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage(DatasetMessages.nameTaken(Path.of("shop")));
        assertThatThrownBy(() -> DatasetWriter.create(root.resolve("none"), "shop", false, 1000, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith("none/shop: it is not there");
    }

    private void save(String name, long startMs, boolean selected, int sessions) throws Exception {
        DatasetWriter writer = DatasetWriter.create(root, name, selected, startMs, 1_000_000);
        for (int i = 0; i < sessions; i++) {
            writer.write(SESSION, 0, SESSION.length, false);
        }
        writer.complete(startMs + 500, sessions, 0);
    }
}
