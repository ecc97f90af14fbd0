package dev.tessera.impl.transfer;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers with saves enabled, and handmade saves. */
final class SaveServer {

    private SaveServer() {}

    static Configuration configuration(Path saves) {
        return Configuration.defaults()
                .with(Settings.EVENT_LOOPS, 2)
                .with(Settings.SAVE_ENABLED, true)
                .with(Settings.SAVE_PATH, Optional.of(saves));
    }

    static TestServer start(Vertx vertx, Path saves) throws Exception {
        return TestServer.start(vertx, configuration(saves));
    }

    /** Writes a complete save with these data files. */
    static void write(Path saves, String name, byte[]... files) throws IOException {
        Path directory = saves.resolve(name).resolve("1000");
        Files.createDirectories(directory.resolve("md"));
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("md/md.json"), """
                {"name":"%s","status":1}""".formatted(name));
        for (int i = 0; i < files.length; i++) {
            Files.write(directory.resolve("data").resolve(Integer.toString(i)), files[i]);
        }
    }

    /** Copies a directory with its contents. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
    }
}
