package dev.tessera.impl.bench.self;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How this program is started once more, with the same JVM and the same classes.
 *
 * @param java the JVM
 * @param classPath with absolute paths
 * @param mainClass the class to start
 */
public record Program(String java, String classPath, String mainClass) {

    /** As this process was started. */
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
