package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.server.ServerOptions;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ZipDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag(Layer.UNIT)
class SharedSecretTest {

    private static final ServerOptions.Secret NOWHERE = new ServerOptions.Secret(Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @Test
    void shouldTakeTheConfiguredSecret() {
        ServerOptions.Secret configured =
                new ServerOptions.Secret(Optional.of("correct horse battery"), Optional.of(directory));

        assertThat(SharedSecret.load(configured).bytes())
                .isEqualTo("correct horse battery".getBytes(StandardCharsets.UTF_8));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldMakeASecretOnceAndKeepItForItsOwnerAlone() throws Exception {
        Path inside = directory.resolve("new/data");
        byte[] made = SharedSecret.load(inDirectory(inside)).bytes();

        assertThat(made).hasSize(32);
        assertThat(SharedSecret.load(inDirectory(inside)).bytes()).isEqualTo(made);
        try (Stream<Path> files = Files.list(inside)) {
            assertThat(files).containsExactly(inside.resolve("secret"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside.resolve("secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldRefuseASecretThatEverybodyMayReadOrWrite() throws Exception {
        SharedSecret.load(inDirectory(directory));
        for (String mode : List.of("rw-rw-rw-", "rw-r--r--", "rw-----w-")) {
            Files.setPosixFilePermissions(directory.resolve("secret"), PosixFilePermissions.fromString(mode));

            assertThatThrownBy(() -> SharedSecret.load(inDirectory(directory)))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(mode)
                    .hasMessageContaining("chmod 600 " + directory.resolve("secret"));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("secret"));
        }
    }

    /** Kubernetes gives the files of a volume to a group. */
    @Test
    @ExpectLog(from = SharedSecret.class, message = "has the mode rw-rw----.*chmod 600")
    void shouldWarnOfASecretThatAGroupMayRead() throws Exception {
        byte[] made = SharedSecret.load(inDirectory(directory)).bytes();
        Files.setPosixFilePermissions(directory.resolve("secret"), PosixFilePermissions.fromString("rw-rw----"));

        assertThat(SharedSecret.load(inDirectory(directory)).bytes()).isEqualTo(made);
    }

    @Test
    void shouldKeepASecretOnAFileSystemWithoutPermissionsAndHardLinks() throws Exception {
        try (ZipDisk disk = new ZipDisk(directory)) {
            byte[] made =
                    SharedSecret.load(inDirectory(disk.root().resolve("data"))).bytes();

            assertThat(SharedSecret.load(inDirectory(disk.root().resolve("data")))
                            .bytes())
                    .isEqualTo(made);
        }
    }

    @Test
    void shouldMakeAnotherSecretForEveryProcessWithoutADirectory() {
        assertThat(SharedSecret.load(NOWHERE).bytes())
                .isNotEqualTo(SharedSecret.load(NOWHERE).bytes());
        assertThat(SharedSecret.load(NOWHERE).origin()).contains("dataDir", "sessions.secret");
    }

    @Test
    void shouldSayHowToFixAnUnusableDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> SharedSecret.load(inDirectory(file)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file.resolve("secret").toString())
                .hasMessageContaining("dataDir");
    }

    @Test
    void shouldNotTakeADamagedSecret() throws Exception {
        for (String damaged : new String[] {"", "abc", "0102", "not hexadecimal"}) {
            Files.writeString(directory.resolve("secret"), damaged);

            assertThatThrownBy(() -> SharedSecret.load(inDirectory(directory)))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("restore it from a backup");
        }
    }

    @Test
    void shouldKeepTheSecretOfTheClusterWhereItHasNone() {
        byte[] ofTheCluster = "correct horse battery".getBytes(StandardCharsets.UTF_8);
        SharedSecret found = SharedSecret.find(inDirectory(directory));
        assertThat(found.isChosen()).isFalse();
        assertThat(directory).isEmptyDirectory();

        SharedSecret kept = found.agreed(ofTheCluster).keep(inDirectory(directory));

        assertThat(kept.bytes()).isEqualTo(ofTheCluster);
        assertThat(SharedSecret.find(inDirectory(directory)).bytes()).isEqualTo(ofTheCluster);
        assertThat(SharedSecret.find(inDirectory(directory)).isChosen()).isTrue();
    }

    @Test
    void shouldNotTakeAnotherWhereItHasOne() {
        SharedSecret own = SharedSecret.load(inDirectory(directory));

        assertThat(SharedSecret.find(inDirectory(directory))
                        .agreed(new byte[32])
                        .bytes())
                .isEqualTo(own.bytes());
    }

    private static ServerOptions.Secret inDirectory(Path path) {
        return new ServerOptions.Secret(Optional.empty(), Optional.of(path));
    }
}
