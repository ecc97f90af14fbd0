package dev.tessera.dependents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.dependents.Pom.Dependency;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs programs with the class path that Maven would give them, so that a client stays small and docs/java.md names
 * what a server needs.
 */
@Tag(Layer.DOCS)
class DependentsTest {

    private static final int SECONDS_MAX = 90;
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>", Pattern.DOTALL);

    /** The optional dependencies that no embedding program needs. */
    private static final List<String> COMMAND_LINE =
            List.of("info.picocli:picocli", "ch.qos.logback:logback-classic", "org.hdrhistogram:HdrHistogram");

    @TempDir
    Path directory;

    @Test
    void shouldRunAClientWithTheRequiredDependenciesAlone() throws Exception {
        DependentClassPath classPath = DependentClassPath.with(List.of());

        assertThat(classPath.artifacts())
                .contains("vertx-core", "jackson-core", "jackson-databind", "slf4j-api", "jspecify", "netty-transport")
                .allSatisfy(artifact -> assertThat(artifact)
                        .doesNotContainIgnoringCase("hazelcast")
                        .doesNotContain("picocli", "logback", "prometheus", "HdrHistogram", "vertx-web", "re2j"));
        assertThat(run(ClientProgram.class, classPath)).isEqualTo("UNAVAILABLE");
    }

    @Test
    void shouldRunAServerWithTheDependenciesOfTheDocs() throws Exception {
        DependentClassPath classPath = DependentClassPath.with(documented(1));

        assertThat(classPath.artifacts()).contains("vertx-web").noneMatch(name -> name.contains("hazelcast"));
        assertThat(run(ServerProgram.class, classPath)).isEqualTo("[user]");
    }

    @Test
    void shouldDocumentEveryOptionalDependencyOfServersAndClusters() throws IOException {
        List<String> optional = Pom.read(Path.of("pom.xml")).dependencies().stream()
                .filter(Dependency::optional)
                .map(Dependency::toString)
                .filter(name -> !COMMAND_LINE.contains(name))
                .toList();

        assertThat(Stream.concat(documented(1).stream(), documented(2).stream()))
                .extracting(Dependency::toString)
                .as("the dependencies that docs/java.md lists")
                .containsExactlyInAnyOrderElementsOf(optional);
    }

    @Test
    void shouldDocumentTheVersionsThatAreTested() throws IOException {
        for (int block : new int[] {1, 2}) {
            assertThat(matches(block))
                    .isNotEmpty()
                    .allSatisfy(match -> assertThat(
                                    DependentClassPath.jar(dependency(match)).map(DependentClassPath::version))
                            .as(match.group(2))
                            .contains(match.group(3)));
        }
    }

    private static List<Dependency> documented(int block) throws IOException {
        return matches(block).stream().map(DependentsTest::dependency).toList();
    }

    private static Dependency dependency(MatchResult match) {
        return new Dependency(match.group(1), match.group(2), false);
    }

    /** The dependencies in a block of XML in docs/java.md: 0 is Tessera, 1 a server's, 2 a cluster's. */
    private static List<MatchResult> matches(int block) throws IOException {
        String xml = MarkdownBlocks.read(Path.of("docs", "java.md")).stream()
                .filter(candidate -> candidate.kind().equals("xml"))
                .toList()
                .get(block)
                .text();
        return DEPENDENCY.matcher(xml).results().toList();
    }

    /** Runs the program in a JVM of its own; returns what it prints. */
    private String run(Class<?> program, DependentClassPath classPath) throws Exception {
        copy(program);
        Path errors = directory.resolve("errors.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath.toArgument(directory),
                        program.getName())
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        try (InputStream out = process.getInputStream()) {
            String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    private void copy(Class<?> program) throws IOException {
        String file = program.getName().replace('.', '/') + ".class";
        Path target = directory.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = program.getClassLoader().getResourceAsStream(file)) {
            Files.copy(in, target);
        }
    }
}
