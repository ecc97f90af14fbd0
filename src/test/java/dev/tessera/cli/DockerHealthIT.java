package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.FreePort;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.Tool;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The health check of the Docker image, run against a server without a container around it. */
@Tag(Layer.PROCESS)
@RequiresTool(Tool.BASH)
class DockerHealthIT {

    private static final Path SCRIPT = Path.of("docker", "health").toAbsolutePath();

    @Test
    void shouldBeHealthyWhileTheServerServes() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            assertThat(check(server.managementPort())).isZero();
        }
    }

    @Test
    void shouldBeUnhealthyIfNothingListens() throws Exception {
        assertThat(check(FreePort.find())).isPositive();
    }

    private static int check(int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
        builder.environment().put("TESSERA_MANAGEMENT_PORT", Integer.toString(port));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
