package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerCommand;
import dev.tessera.testing.ServerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failed starts of the real jar: each prints one line on standard error and returns an exit code. */
@Tag(Layer.PROCESS)
class StartFailureIT {

    @TempDir
    Path directory;

    @Test
    void shouldExitWith2OnUnknownOption() throws Exception {
        assertFailure(ServerProcess.command("--nope"), 2, "tessera: Unknown option: '--nope'; see tessera --help");
    }

    @Test
    void shouldExitWith2OnUnusableFlagValue() throws Exception {
        assertFailure(
                ServerProcess.command("--port", "high"),
                2,
                "tessera: --port: port must be an integer in 0..65535, not high");
    }

    @Test
    void shouldExitWith2OnUnusableVariable() throws Exception {
        assertFailure(
                ServerProcess.command().env("TESSERA_LIMITS_MAX_DEPTH", "0"),
                2,
                "tessera: environment variable TESSERA_LIMITS_MAX_DEPTH: limits.maxDepth must be an integer in "
                        + "1..4096, not 0");
    }

    @Test
    void shouldExitWith2OnUnknownVariable() throws Exception {
        assertFailure(
                ServerProcess.command().env("TESSERA_PROT", "1"),
                2,
                "tessera: environment variable TESSERA_PROT: there is no such setting (did you mean TESSERA_PORT?)");
    }

    @Test
    void shouldExitWith1OnUnknownSettingInTheFile() throws Exception {
        Path file = write("""
                {"limits": {"maxPaylod": 1}}""");

        assertFailure(
                ServerProcess.command("--config", file.toString()),
                1,
                "tessera: " + file + ": there is no setting limits.maxPaylod (did you mean limits.maxPayloadBytes?)");
    }

    @Test
    void shouldExitWith1OnIllTypedSettingInTheFile() throws Exception {
        Path file = write("""
                {"port": "1987"}""");

        assertFailure(
                ServerProcess.command("--config", file.toString()),
                1,
                "tessera: " + file + ": port must be an integer in 0..65535, not \"1987\"");
    }

    @Test
    void shouldExitWith1OnFileThatIsNotThere() throws Exception {
        Path file = directory.resolve("none.json");

        assertFailure(
                ServerProcess.command("--config", file.toString()),
                1,
                "tessera: " + file + ": there is no such configuration file; check the path given with --config");
    }

    @Test
    void shouldExitWith1OnDefaultFileThatIsNotJson() throws Exception {
        Files.createDirectory(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf/tessera.json"), "{");

        try (ServerProcess server = ServerProcess.command().in(directory).start()) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.errors())
                    .singleElement()
                    .asString()
                    .startsWith("tessera: conf/tessera.json: not JSON at line 1");
        }
    }

    @Test
    void shouldExitWith1OnPortInUse() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = holder.getLocalPort();

            assertFailure(
                    ServerProcess.command("--port", Integer.toString(port)),
                    1,
                    "tessera: cannot listen on 127.0.0.1:" + port
                            + ": the port is in use; stop the process that holds it, or set port (TESSERA_PORT) "
                            + "to another");
        }
    }

    @Test
    void shouldExitWith2OnAJournalThatHasNoDirectory() throws Exception {
        assertFailure(
                ServerProcess.command("--journal", "always"),
                2,
                "tessera: --journal: a journal needs a directory; set dataDir"
                        + " (--data-dir), or set journal to off, but journal=\"always\" and dataDir=null");
    }

    @Test
    void shouldExitWith1OnADirectoryThatAnotherServerUses() throws Exception {
        try (ServerProcess first = ServerProcess.start("--data-dir", directory.toString())) {
            assertFailure(
                    ServerProcess.command("--data-dir", directory.toString()),
                    1,
                    "tessera: another server uses " + directory + ": stop it, or set dataDir to another directory");
            assertThat(first.isAlive()).isTrue();
        }
    }

    /** Under LC_ALL=C the JVM decodes each byte of a letter that is not ASCII to the same character. */
    @Test
    void shouldExitWith2OnASecretThatTheLocaleCannotDecode() throws Exception {
        // Eleven Cyrillic letters: 22 bytes, so that they would seem long enough.
        String secret = "\\320\\277".repeat(11);

        try (ServerProcess server = ServerProcess.command()
                .startShell("export TESSERA_SESSIONS_SECRET=$(printf '" + secret + "'); LC_ALL=C exec java -jar "
                        + ServerProcess.jar())) {
            assertThat(server.awaitExit()).isEqualTo(2);
            assertThat(server.errors())
                    .singleElement()
                    .asString()
                    .startsWith("tessera: environment variable TESSERA_SESSIONS_SECRET: ")
                    .contains("LC_ALL=C.UTF-8", "sessions.secret");
        }
    }

    @Test
    void shouldExitWith1OnASecretThatOthersMayRead() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "00".repeat(32));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-rw-rw-"));

        try (ServerProcess server =
                ServerProcess.command("--data-dir", directory.toString()).start()) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.errors()).singleElement().asString().contains("chmod 600 " + secret);
        }
    }

    private Path write(String json) throws Exception {
        return Files.writeString(directory.resolve("tessera.json"), json);
    }

    private static void assertFailure(ServerCommand command, int exitCode, String line) throws Exception {
        try (ServerProcess server = command.start()) {
            assertThat(server.awaitExit()).isEqualTo(exitCode);
            assertThat(server.errors()).containsExactly(line);
            assertThat(server.output()).isEmpty();
        }
    }
}
