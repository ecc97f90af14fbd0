package dev.tessera.impl.gateway.websocket.clients;

import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;

/** The clients of {@code src/test/clients}, which the first test that needs them installs under {@code target}. */
final class NodeClients {

    static final Path SOURCE = Path.of("src", "test", "clients");
    /** Each JVM of the build has its own, because an installation first removes the one before. */
    private static final Path INSTALLED = Path.of("target", "clients" + System.getProperty("surefire.forkNumber", "1"));

    private static boolean isInstalled;

    private NodeClients() {}

    /** Runs a script with the server's address and a file with the conversation. Returns the script's output. */
    static String run(String script, ServerUnderTest server) throws Exception {
        install();
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

    /** Runs the text of a module, and returns its output. */
    static String runModule(String text) throws Exception {
        install();
        Path module = Files.createTempFile(INSTALLED, "module", ".mjs");
        Files.writeString(module, text);
        return ExternalProgram.run(
                        INSTALLED,
                        Tool.NODE.path().toString(),
                        module.getFileName().toString())
                .trim();
    }

    private static void install() throws Exception {
        if (!isInstalled) {
            ExternalProgram.installNpmPackages(SOURCE, INSTALLED);
            isInstalled = true;
        }
    }
}
