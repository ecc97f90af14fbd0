package dev.tessera.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that a test needs and that a machine with a JDK and Maven may lack. */
public enum Tool {
    /** A shell with {@code /dev/tcp}. */
    BASH("install bash", "bash"),
    /** Chromium or Chrome, which runs without a window. */
    BROWSER("install chromium or google-chrome", "chromium", "chromium-browser", "google-chrome"),
    CURL("install curl with HTTP/2", "curl"),
    /** The right to mount a small file system. */
    MOUNT("run as root, or with sudo that asks for no password, where mount is allowed") {
        @Override
        boolean probe() {
            return canMount();
        }

        @Override
        public boolean isInstallable() {
            return false;
        }
    },
    NODE("install nodejs", "node"),
    /** npm with a registry that answers, because the JavaScript clients are npm packages. */
    NPM("install npm, and let it reach its registry", "npm") {
        @Override
        boolean probe() {
            return super.probe() && runs("npm", "ping");
        }
    },
    /** Sets the limits of another process. */
    PRLIMIT("install util-linux, which has prlimit", "prlimit");

    private static final long PROBE_SECONDS_MAX = 30;

    private final String remedy;
    private final List<String> names;
    private Boolean isPresent;

    Tool(String remedy, String... names) {
        this.remedy = remedy;
        this.names = List.of(names);
    }

    /** Returns an imperative phrase that tells the reader how to get the tool. */
    public String remedy() {
        return remedy;
    }

    /** Returns whether this machine has the tool. Looks once per JVM. */
    public synchronized boolean isPresent() {
        if (isPresent == null) {
            isPresent = probe();
        }
        return isPresent;
    }

    /** Returns whether a package adds the tool; otherwise it is a right, which a container may refuse to everybody. */
    public boolean isInstallable() {
        return true;
    }

    /** Returns the program's file. */
    public Path path() {
        return find().orElseThrow(() -> new IllegalStateException(this + " is missing: " + remedy));
    }

    boolean probe() {
        return find().isPresent();
    }

    private Optional<Path> find() {
        List<Path> directories = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .toList();
        return names.stream()
                .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean canMount() {
        try {
            Path directory = Files.createTempDirectory("mount");
            try {
                return Mounts.mount(directory) && Mounts.unmount(directory);
            } finally {
                Files.delete(directory);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether a command ends well in time. A command that does not exist fails. */
    static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(PROBE_SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
