package dev.tessera.testing.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A conversation by shell commands, as a reader of the docs types them. An answer is the output of a command. */
public final class CurlConversation implements Conversation {

    private static final String DOCUMENTED_ADDRESS = "http://127.0.0.1:1987";
    private static final int TIMEOUT_SECONDS = 30;

    private final String address;

    /** Replaces the address in the docs by that of a server on this machine. Needs {@code curl}. */
    public CurlConversation(int port) {
        address = "http://127.0.0.1:" + port;
    }

    @Override
    public String ask(String command) throws IOException {
        if (!command.startsWith("curl ")) {
            throw new IllegalArgumentException("not a curl command: " + command);
        }
        String printed = run(command.replace(DOCUMENTED_ADDRESS, address)).stripTrailing();
        return printed.isEmpty() ? null : printed;
    }

    private static String run(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("no end of " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + printed);
        }
        return printed;
    }

    /** Does nothing, because every command has its own connection. */
    @Override
    public void close() {}
}
