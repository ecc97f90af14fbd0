package dev.tessera.impl.bench.self;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a command line that starts this program again, with the same JVM and the same classes.
 *
 * @param java the path of the JVM
 * @param classPath the class path, with absolute paths
 * @param mainClass the class to start
 */
public record Program(String java, String classPath, String mainClass) {

    /** Returns the program of this process, with a main class. */
    public static Program running(Class<?> mainClass) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return new Program(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), classPath, mainClass.getName());
    }

    List<String> command(List<String> jvmFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }
}
