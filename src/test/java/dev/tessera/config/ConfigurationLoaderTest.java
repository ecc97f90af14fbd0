package dev.tessera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag(Layer.UNIT)
class ConfigurationLoaderTest {

    @TempDir
    Path directory;

    @Test
    void shouldLetFlagsOverrideTheEnvironmentAndTheEnvironmentTheFile() throws IOException {
        Path file = write("""
                {"port": 1, "partitions": 1, "eventLoops": 1}""");

        ConfigurationLoader loader = new ConfigurationLoader()
                .file(Optional.of(file))
                .environment(Map.of("TESSERA_PORT", "2", "TESSERA_PARTITIONS", "2"))
                .flag("--port", Settings.PORT, "3");

        assertThat(loader.load())
                .isEqualTo(Configuration.defaults()
                        .with(Settings.PORT, 3)
                        .with(Settings.PARTITIONS, 2)
                        .with(Settings.EVENT_LOOPS, 1));
        assertThat(loader.sources()).isEqualTo(file + ", TESSERA_PARTITIONS, TESSERA_PORT, --port");
    }

    @Test
    void shouldLetTheDefaultOverrideAFileToo() throws IOException {
        Path file = write("{\"port\": 1}");

        Configuration loaded = new ConfigurationLoader()
                .file(Optional.of(file))
                .environment(Map.of("TESSERA_PORT", "1987"))
                .load();

        assertThat(loaded).isEqualTo(Configuration.defaults());
    }

    @Test
    void shouldReportThatOnlyDefaultsApply() {
        assertThat(new ConfigurationLoader().environment(Map.of()).sources()).isEqualTo("built-in defaults");
    }

    @Test
    void shouldNameTheFlagThatIsUnusable() {
        assertThatThrownBy(() -> new ConfigurationLoader().flag("--port", Settings.PORT, "x"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.origin()).isEqualTo(new Origin(Origin.Kind.FLAG, "--port")))
                .hasMessage("--port: port must be an integer in 0..65535, not x");
    }

    @Test
    void shouldBlameTheStrongestSourceWhenSettingsContradictEachOther() throws IOException {
        Path file = write("""
                {"limits": {"maxReplyBytes": 65536}}""");
        ConfigurationLoader loader = new ConfigurationLoader().file(Optional.of(file));

        assertThatThrownBy(loader::load).hasMessageStartingWith(file + ": limits.maxReplyBytes must be at least");

        loader.environment(Map.of("TESSERA_LIMITS_MAX_PAYLOAD_BYTES", "1024"));
        assertThatThrownBy(loader::load)
                .hasMessageStartingWith("environment variable TESSERA_LIMITS_MAX_PAYLOAD_BYTES: ");
    }

    private Path write(String json) throws IOException {
        return Files.writeString(directory.resolve("tessera.json"), json);
    }
}
