package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes whose heap is filled past all limits. */
@Tag(Layer.PROCESS)
class OutOfMemoryIT {

    private static final int EXIT_CODE = 3;

    @ParameterizedTest
    @CsvSource({
        "silently, -XX:+UseSerialGC",
        "silently, -XX:+UseParallelGC",
        "silently, -XX:+UseG1GC",
        "uncaught, -XX:+UseSerialGC"
    })
    void shouldEndAtOnceWithACodeAndALine(String how, String collector) throws Exception {
        String classPath = ServerProcess.jar()
                + File.pathSeparator
                + Path.of("target", "test-classes").toAbsolutePath();
        try (ServerProcess server = ServerProcess.command(how)
                .jvm("-Xmx64m", collector)
                .main(classPath, "dev.tessera.cli.MemoryEater")
                .start()) {
            assertThat(server.awaitExit()).isEqualTo(EXIT_CODE);
            assertThat(server.errors())
                    .anySatisfy(line -> assertThat(line).startsWith("tessera: out of memory (the heap has "));
        }
    }
}
