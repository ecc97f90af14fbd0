package dev.tessera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class ConfigurationFileTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("tessera.json");
    }

    @Test
    void shouldReadEveryKindOfValue() throws IOException {
        Configuration read = read("""
        {"port": 4000, "dataDir": "data", "limits": {"maxDepth": 64}, "websocket": {"compression": true},
         "commands": {"disabled": ["KV_CLEAR", "SH_END_ALL"]}, "sessions": {"secret": "0123456789abcdef"},
         "log": {"level": "DEBUG"}}""");

        assertThat(read.get(Settings.PORT)).isEqualTo(4000);
        assertThat(read.get(Settings.DATA_DIR)).contains(Path.of("data"));
        assertThat(read.get(Settings.MAX_DEPTH)).isEqualTo(64);
        assertThat(read.get(Settings.WEBSOCKET_COMPRESSION)).isTrue();
        assertThat(read.get(Settings.COMMANDS_DISABLED)).containsExactly("KV_CLEAR", "SH_END_ALL");
        assertThat(read.get(Settings.SESSIONS_SECRET)).contains("0123456789abcdef");
        assertThat(read.get(Settings.LOG_LEVEL)).isEqualTo(LogLevel.DEBUG);
        assertThat(read.get(Settings.HOST)).isEqualTo("127.0.0.1");
    }

    @Test
    void shouldReadAnEmptyObjectAsTheDefaults() throws IOException {
        assertThat(read("{}")).isEqualTo(Configuration.defaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
      {"port": "80"}                       | port must be an integer in 0..65535, not "80"
      {"port": 1987.0}                     | port must be an integer in 0..65535, not 1987.0
      {"port": 1e3}                        | port must be an integer in 0..65535, not 1000.0
      {"port": null}                       | port must be an integer in 0..65535, not null
      {"port": 70000}                      | port must be an integer in 0..65535, not 70000
      {"port": 99999999999999999999}       | port must be an integer in 0..65535, not 99999999999999999999
      {"host": ""}                         | host must be a string of 1..255 characters, not ""
      {"dataDir": 1}                       | dataDir must be a path as a string that is not empty, or null, not 1
      {"websocket": {"compression": 1}}    | websocket.compression must be true or false, not 1
      {"log": {"level": "loud"}}           | log.level must be one of off, error, warn, info, debug, trace, not "loud"
      {"commands": {"disabled": "KV_SET"}} | commands.disabled must be an array of 0..256 command names such as KV_CLEAR, not "KV_SET"
      {"commands": {"disabled": ["kv"]}}   | commands.disabled must be an array of 0..256 command names such as KV_CLEAR, not ["kv"]
      {"sessions": {"secret": "short"}}    | sessions.secret must be a string of 16..1024 characters, or null
      {"limits": 5}                        | limits must be an object of settings
      {"managment": {"port": 1}}           | there is no setting managment (did you mean management?)
      {"prot": 1}                          | there is no setting prot (did you mean port?)
      {"limits": {"maxPaylod": 1}}         | there is no setting limits.maxPaylod (did you mean limits.maxPayloadBytes?)
      {"limits": {"x": {"y": 1}}}          | there is no setting limits.x
      {"limits.maxDepth": 1}               | there is no setting limits.maxDepth (write a section as an object, not with a dot in the name)
      []                                   | must hold a JSON object
      """)
    void shouldNameTheFileAndTheSettingThatIsUnusable(String json, String problem) throws IOException {
        Files.writeString(file, json);

        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.origin().kind()).isEqualTo(Origin.Kind.FILE))
                .hasMessage(file + ": " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                    {"port": 1, "port": 2}""", "{", "{} {}", "{\"port\": 1,}", "/* note */ {}", "{'port': 1}"})
    void shouldReportInOneLineWhereTheFileIsNotJson(String json) throws IOException {
        Files.writeString(file, json);

        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ": not JSON at line 1, column ")
                .hasMessageNotContaining("Source")
                .message()
                .hasLineCount(1);
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        Files.writeString(file, "");

        assertThatThrownBy(this::load).hasMessage(file + ": must hold a JSON object");
    }

    @Test
    void shouldRefuseAFileThatIsTooLargeToBeAConfiguration() throws IOException {
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(this::load).hasMessageContaining("larger than 1048576 bytes");
    }

    @Test
    void shouldReportThatTheNamedFileIsMissing() {
        assertThatThrownBy(this::load)
                .hasMessage(file + ": there is no such configuration file; check the path given with --config");
    }

    @Test
    void shouldRefuseADirectory() throws IOException {
        Files.createDirectory(file);

        assertThatThrownBy(this::load).hasMessageStartingWith(file + ": this configuration file cannot be read");
    }

    @Test
    void shouldListEverySettingWithItsDefaultInTheShippedFile() {
        Values shipped = ConfigurationFile.read(ConfigurationLoader.DEFAULT_FILE);

        assertThat(shipped.settings())
                .as("the settings in %s", ConfigurationLoader.DEFAULT_FILE)
                .containsExactlyInAnyOrderElementsOf(List.copyOf(Settings.ALL));
        assertThat(shipped.toConfiguration()).isEqualTo(Configuration.defaults());
    }

    private Configuration read(String json) throws IOException {
        Files.writeString(file, json);
        return load();
    }

    private Configuration load() {
        return new ConfigurationLoader().file(Optional.of(file)).load();
    }
}
