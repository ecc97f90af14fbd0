package dev.tessera.impl.gateway.websocket.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The clients of {@code src/test/clients}, installed once under {@code target}. */
final class NodeClients {

    static final Path SOURCE = Path.of("src", "test", "clients");
    private static final Path INSTALLED = Path.of("target", "clients");

    private NodeClients() {}

    static void install() throws Exception {
        Files.createDirectories(INSTALLED);
        try (Stream<Path> files = Files.list(SOURCE)) {
            files.filter(Files::isRegularFile).forEach(NodeClients::copy);
        }
        Commands.run(INSTALLED, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    private static void copy(Path file) {
        try {
            Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script with the server's address and a file with the conversation; returns what it says. */
    static String run(String script, ServerUnderTest server) throws Exception {
        Path conversation = Files.createTempFile(INSTALLED, "conversation", ".json");
        Files.writeString(conversation, server.conversationJson());
        return Commands.run(
                        INSTALLED,
                        List.of(
                                        "node",
                                        script,
                                        server.url(),
                                        conversation.getFileName().toString())
                                .toArray(String[]::new))
                .trim();
    }
}
