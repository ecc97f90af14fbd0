package dev.tessera.dependents;

import dev.tessera.Version;
import dev.tessera.dependents.Pom.Dependency;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of a program that depends on Tessera. It follows the dependencies of pom.xml that are not optional,
 * and those of the POMs that lie beside the jars in the local repository. The jars themselves come from the test's own
 * class path, so that no Maven runs and nothing is downloaded.
 */
final class DependentClassPath {

    private static final List<Path> TEST_JARS = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(Path::of)
            .toList();

    private final Set<Path> jars = new LinkedHashSet<>();

    /**
     * Returns the class path of a program that depends on Tessera and on a few libraries beside it.
     *
     * @param beside dependencies of the program itself
     */
    static DependentClassPath with(List<Dependency> beside) {
        DependentClassPath classPath = new DependentClassPath();
        classPath.addAll(Stream.concat(
                        Pom.read(Path.of("pom.xml")).dependencies().stream()
                                .filter(dependency -> !dependency.optional()),
                        beside.stream())
                .toList());
        return classPath;
    }

    /** Returns the jar of a dependency, if the test has it. */
    static Optional<Path> jar(Dependency dependency) {
        Path folder = Path.of(dependency.group().replace('.', '/'), dependency.artifact());
        return TEST_JARS.stream()
                .filter(jar -> jar.getParent().getParent().endsWith(folder)
                        && jar.getFileName().toString().equals(name(jar) + ".jar"))
                .findFirst();
    }

    /** Returns the version of a jar, which its folder in the repository is named after. */
    static String version(Path jar) {
        return jar.getParent().getFileName().toString();
    }

    private static String name(Path jar) {
        return jar.getParent().getParent().getFileName() + "-" + version(jar);
    }

    private void addAll(List<Dependency> direct) {
        Deque<Dependency> rest = new ArrayDeque<>(direct);
        while (!rest.isEmpty()) {
            jar(rest.remove()).filter(jars::add).ifPresent(jar -> {
                Path pom = jar.resolveSibling(name(jar) + ".pom");
                if (Files.exists(pom)) {
                    Pom.read(pom).dependencies().stream()
                            .filter(dependency -> !dependency.optional())
                            .forEach(rest::add);
                }
            });
        }
    }

    /** Returns the names of the jars, without their versions. */
    Set<String> artifacts() {
        return jars.stream()
                .map(jar -> jar.getParent().getParent().getFileName().toString())
                .collect(Collectors.toSet());
    }

    /**
     * Returns the class path as the JVM takes it, with Tessera's own classes.
     *
     * @param programs the folder that holds the program's class
     */
    String toArgument(Path programs) throws URISyntaxException {
        Path tessera = Path.of(Version.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Stream.concat(Stream.of(programs, tessera), jars.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
