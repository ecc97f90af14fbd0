package dev.tessera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class ConfigurationEnvironmentTest {

    @Test
    void shouldNameVariablesAfterThePathOfTheSetting() {
        assertThat(Settings.PORT.environmentName()).isEqualTo("TESSERA_PORT");
        assertThat(Settings.DATA_DIR.environmentName()).isEqualTo("TESSERA_DATA_DIR");
        assertThat(Settings.MAX_PAYLOAD_BYTES.environmentName()).isEqualTo("TESSERA_LIMITS_MAX_PAYLOAD_BYTES");
        assertThat(Settings.SESSIONS_SWEEP_INTERVAL.environmentName()).isEqualTo("TESSERA_SESSIONS_SWEEP_INTERVAL_MS");
    }

    @Test
    void shouldNameEveryVariableOnce() {
        assertThat(Settings.ALL).extracting(Setting::environmentName).doesNotHaveDuplicates();
    }

    @Test
    void shouldReadEveryKindOfValue() {
        Configuration read = load(Map.of(
                "TESSERA_PORT",
                "4000",
                "TESSERA_WEBSOCKET_COMPRESSION",
                "true",
                "TESSERA_COMMANDS_DISABLED",
                "KV_CLEAR, SH_END_ALL",
                "TESSERA_HOST",
                "::1",
                "TESSERA_LOG_LEVEL",
                "warn"));

        assertThat(read.get(Settings.PORT)).isEqualTo(4000);
        assertThat(read.get(Settings.WEBSOCKET_COMPRESSION)).isTrue();
        assertThat(read.get(Settings.COMMANDS_DISABLED)).containsExactly("KV_CLEAR", "SH_END_ALL");
        assertThat(read.get(Settings.HOST)).isEqualTo("::1");
        assertThat(read.get(Settings.LOG_LEVEL)).isEqualTo(LogLevel.WARN);
    }

    @Test
    void shouldReadAnEmptyVariableAsAbsentIfThatIsAllowed() {
        assertThat(load(Map.of("TESSERA_DATA_DIR", "", "TESSERA_COMMANDS_DISABLED", "")))
                .isEqualTo(Configuration.defaults());
    }

    /** {@code echo} and many editors end a secret with a line end. */
    @Test
    void shouldDropTheLineEndAfterASecret() {
        assertThat(load(Map.of("TESSERA_SESSIONS_SECRET", "correct horse battery\r\n")))
                .isEqualTo(load(Map.of("TESSERA_SESSIONS_SECRET", "correct horse battery")));
        assertThatThrownBy(() -> load(Map.of("TESSERA_SESSIONS_SECRET", "fifteen letters\n")))
                .hasMessageContaining("16..1024 characters");
    }

    @Test
    void shouldRefuseTextThatTheLocaleCouldNotDecode() {
        for (String name : List.of("TESSERA_SESSIONS_SECRET", "TESSERA_DATA_DIR", "TESSERA_CLUSTER_NAME")) {
            assertThatThrownBy(() -> load(Map.of(name, "caf\uFFFD\uFFFD long enough")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("environment variable " + name + ": ")
                    .hasMessageContaining("LC_ALL=C.UTF-8");
        }
        assertThat(load(Map.of("TESSERA_SESSIONS_SECRET", "пароль пароль пароль"))
                        .get(Settings.SESSIONS_SECRET))
                .contains("пароль пароль пароль");
    }

    @Test
    void shouldIgnoreVariablesOfOthers() {
        assertThat(load(Map.of("PATH", "/bin", "tessera_port", "1", "TESSERAE", "1")))
                .isEqualTo(Configuration.defaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
      TESSERA_PORT                  | high | port must be an integer in 0..65535, not high
      TESSERA_PORT                  | 1.0  | port must be an integer in 0..65535, not 1.0
      TESSERA_PORT                  | +1   | port must be an integer in 0..65535, not +1
      TESSERA_PORT                  | ''   | port must be an integer in 0..65535, not empty
      TESSERA_PORT                  | -1   | port must be an integer in 0..65535, not -1
      TESSERA_PORT                  | 9999999999  | port must be an integer in 0..65535, not 9999999999
      TESSERA_WEBSOCKET_COMPRESSION | yes  | websocket.compression must be true or false, not yes
      TESSERA_SESSIONS_SECRET       | abc  | sessions.secret must be a string of 16..1024 characters, or null
      TESSERA_PROT                  | 1    | there is no such setting (did you mean TESSERA_PORT?)
      TESSERA_                      | 1    | there is no such setting
      """)
    void shouldNameTheVariableThatIsUnusable(String name, String text, String problem) {
        assertThatThrownBy(() -> load(Map.of(name, text)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.origin()).isEqualTo(new Origin(Origin.Kind.ENVIRONMENT, name)))
                .hasMessage("environment variable " + name + ": " + problem);
    }

    @Test
    void shouldListTheVariablesInUse() {
        ConfigurationLoader loader =
                new ConfigurationLoader().environment(Map.of("TESSERA_PORT", "1", "TESSERA_HOST", "h", "HOME", "/"));

        assertThat(List.of(loader.sources().split(", "))).containsExactly("TESSERA_HOST", "TESSERA_PORT");
    }

    private static Configuration load(Map<String, String> environment) {
        return new ConfigurationLoader().environment(environment).load();
    }
}
