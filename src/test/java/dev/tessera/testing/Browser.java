package dev.tessera.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A browser without a window that shows one page. Needs {@link Tool#BROWSER}. */
public final class Browser implements AutoCloseable {

    private final Process process;
    private final Path output;

    private Browser(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Opens a page in a browser with a new profile. */
    public static Browser open(String url) throws IOException {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "browser")), "run");
        Path output = directory.resolve("browser.log");
        Process process = ExternalProgram.start(
                directory,
                output.toFile(),
                List.of(
                        Tool.BROWSER.path().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + directory.resolve("profile").toAbsolutePath(),
                        url));
        return new Browser(process, output);
    }

    /** Returns the lines that the browser itself has printed. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
