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

/** Settings under the names that they had in earlier versions. */
@Tag(Layer.UNIT)
class FormerNamesTest {

    private final ConfigurationLoader loader = new ConfigurationLoader();

    @TempDir
    Path directory;

    @Test
    void shouldTakeAnOldNameInTheFileAndWarnOnce() throws IOException {
        Path file = write("""
                {"limits": {"maxPayload": 2048}}""");

        assertThat(loader.file(Optional.of(file)).load().get(Settings.MAX_PAYLOAD_BYTES))
                .isEqualTo(2048);
        assertThat(loader.load().warnings())
                .containsExactly("limits.maxPayload in " + file + " is an old name; use limits.maxPayloadBytes");
    }

    @Test
    void shouldTakeAnOldNameInTheEnvironmentAndWarnOnce() {
        loader.environment(Map.of("TESSERA_LIMITS_MAX_PAYLOAD", "2048"));

        assertThat(loader.load().get(Settings.MAX_PAYLOAD_BYTES)).isEqualTo(2048);
        assertThat(loader.sources()).isEqualTo("TESSERA_LIMITS_MAX_PAYLOAD");
        assertThat(loader.load().warnings())
                .containsExactly("TESSERA_LIMITS_MAX_PAYLOAD is an old name; use TESSERA_LIMITS_MAX_PAYLOAD_BYTES");
    }

    @Test
    void shouldNotWarnOfCurrentNames() throws IOException {
        loader.file(Optional.of(write("""
                {"limits": {"maxPayloadBytes": 2048}}"""))).environment(Map.of("TESSERA_LIMITS_MAX_REPLY_BYTES", "1000000"));

        assertThat(loader.load().warnings()).isEmpty();
    }

    @Test
    void shouldRefuseBothNamesInOneFile() throws IOException {
        Path file = write("""
                {"limits": {"maxPayloadBytes": 2048, "maxPayload": 2048}}""");

        assertThatThrownBy(() -> loader.file(Optional.of(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file
                        + ": limits.maxPayloadBytes is given twice, also under an old name; keep only "
                        + "limits.maxPayloadBytes");
    }

    @Test
    void shouldRefuseBothNamesInTheEnvironment() {
        Map<String, String> both =
                Map.of("TESSERA_LIMITS_MAX_PAYLOAD", "2048", "TESSERA_LIMITS_MAX_PAYLOAD_BYTES", "2048");

        assertThatThrownBy(() -> loader.environment(both))
                .hasMessage("environment variable TESSERA_LIMITS_MAX_PAYLOAD_BYTES: TESSERA_LIMITS_MAX_PAYLOAD_BYTES is"
                        + " given twice, also under an old name; keep only TESSERA_LIMITS_MAX_PAYLOAD_BYTES");
    }

    @Test
    void shouldLetAStrongerSourceOverrideUnderEitherName() throws IOException {
        Path file = write("""
                {"limits": {"maxPayloadBytes": 2048}}""");

        loader.file(Optional.of(file)).environment(Map.of("TESSERA_LIMITS_MAX_PAYLOAD", "4096"));

        assertThat(loader.load().get(Settings.MAX_PAYLOAD_BYTES)).isEqualTo(4096);
    }

    @Test
    void shouldSuggestTheCurrentNameForAMisspeltOldOne() throws IOException {
        Path file = write("""
                {"limits": {"maxPaylod": 2048}}""");

        assertThatThrownBy(() -> loader.file(Optional.of(file)))
                .hasMessage(file + ": there is no setting limits.maxPaylod (did you mean limits.maxPayloadBytes?)");
    }

    @Test
    void shouldGiveEveryByteSettingAndEveryTimeItsUnit() {
        assertThat(Settings.ALL)
                .filteredOn(setting -> setting.unit().startsWith("bytes"))
                .allSatisfy(setting -> assertThat(setting.path()).endsWith("Bytes"));
        assertThat(Settings.ALL)
                .filteredOn(setting -> setting.unit().equals("ms"))
                .allSatisfy(setting -> assertThat(setting.path()).endsWith("Ms"));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(directory.resolve("tessera.json"), json);
    }
}
