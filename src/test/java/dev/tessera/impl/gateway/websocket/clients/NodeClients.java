package dev.tessera.impl.gateway.websocket.clients;

import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;

/** The clients of {@code src/test/clients}, which the first test that needs them installs under {@code target}. */
final class NodeClients {

    static final Path SOURCE = Path.of("src", "test", "clients");
    private static final Path INSTALLED = Path.of("target", "clients");
    private static boolean isInstalled;

    private NodeClients() {}

    /** Runs a script with the server's address and a file with the conversation. Returns the script's output. */
    static String run(String script, ServerUnderTest server) throws Exception {
        if (!isInstalled) {
            ExternalProgram.installNpmPackages(SOURCE, INSTALLED);
            isInstalled = true;
        }
        Path conversation = Files.createTempFile(INSTALLED, "conversation", ".json");
        Files.writeString(conversation, server.conversationJson());
        String node = Tool.NODE.path().toString();
        return ExternalProgram.run(
                        INSTALLED,
                        node,
                        script,
                        server.url(),
                        conversation.getFileName().toString())
                .trim();
    }
}
