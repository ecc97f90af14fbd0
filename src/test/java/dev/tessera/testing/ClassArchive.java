package dev.tessera.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An archive of the classes that a node of a cluster loads, for class-data sharing. A server that maps it starts with
 * half the processor time. The first server of a test run makes the archive, beside the jar. A JVM that cannot use it
 * loads the classes from the jar.
 */
final class ClassArchive {

    private static @Nullable List<String> flags;

    private ClassArchive() {}

    /** Returns the flags with which a JVM maps the archive. */
    static synchronized List<String> flags(List<String> jvmFlags) throws IOException {
        if (flags == null) {
            flags = List.of("-XX:SharedArchiveFile=" + archive(jvmFlags), "-Xlog:cds=off", "-Xlog:class+path=off");
        }
        return flags;
    }

    private static Path archive(List<String> jvmFlags) throws IOException {
        Path jar = ServerProcess.jar();
        Path archive = jar.resolveSibling("tessera.jsa");
        if (Files.notExists(archive)
                || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
            Path made = jar.resolveSibling("tessera-" + ProcessHandle.current().pid() + ".jsa");
            make(jvmFlags, jar, made);
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return archive;
    }

    private static void make(List<String> jvmFlags, Path jar, Path archive) throws IOException {
        int port = FreePort.find(1)[0];
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ArchiveClassesAtExit=" + archive,
                "-jar",
                jar.toString(),
                "--port=0",
                "--management-port=0",
                "--cluster",
                "--cluster-port=" + port,
                "--cluster-members=127.0.0.1:" + port);
        builder.command().addAll(1, jvmFlags);
        ServerCommand.cleanEnvironment(builder);
        try (ServerProcess server = new ServerProcess(builder.start())) {
            server.awaitReady().terminate();
            server.awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the class archive was made", e);
        }
    }
}
