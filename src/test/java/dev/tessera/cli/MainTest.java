package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.Version;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag(Layer.UNIT)
class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "serve --version"})
    void shouldPrintTheVersion(String line) {
        assertThat(run(line)).isZero();
        assertThat(out.toString().strip()).isEqualTo("tessera " + Version.current());
    }

    @Test
    void shouldKnowTheVersionThatWasBuilt() {
        assertThat(Version.current()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "serve --help", "--port 1 --help"})
    void shouldPrintTheHelp(String line) {
        assertThat(run(line)).isZero();
        assertThat(out.toString())
                .contains("--config", "--host", "--port", "--data-dir", "--version", "--help", "Exit codes");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldDescribeFlagsAsTheirSettings() {
        run("--help");

        assertThat(out.toString().replaceAll("\\s+", " ")).contains(Settings.PORT.description() + " Default: 1987.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
      --hots h         | tessera: Unknown options: '--hots', 'h' (did you mean --host?); see tessera --help
      serve --nope     | tessera: Unknown option: '--nope'; see tessera serve --help
      nope             | tessera: Unmatched argument at index 0: 'nope'; see tessera --help
      --port           | tessera: Missing required parameter for option '--port' (PORT); see tessera --help
      --port 1 serve   | tessera: Options must follow the command 'serve'; see tessera --help
      --port 1.0       | tessera: --port: port must be an integer in 0..65535, not 1.0
      --port 65536     | tessera: --port: port must be an integer in 0..65535, not 65536
      serve --port=x   | tessera: --port: port must be an integer in 0..65535, not x
      --load-name a --loadName b | tessera: --loadName is an old name of --load-name; keep only --load-name; see tessera --help
      --repair         | tessera: --repair repairs a journal, and the server keeps none; name its directory with --data-dir; see tessera --help
      --host=          | tessera: --host: host must be a string of 1..255 characters, not empty
      """)
    void shouldRefuseAWrongCommandLineInOneLine(String line, String error) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(error);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldSayInOneLineThatTheConfigurationFileIsNotThere() {
        assertThat(run("--config no/such/file.json")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("tessera: no/such/file.json: there is no such configuration file; check the path given "
                        + "with --config");
    }

    private int run(String line) {
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(line.split(" "));
    }
}
