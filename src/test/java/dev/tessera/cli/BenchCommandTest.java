package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tessera.impl.bench.StubServer;
import dev.tessera.testing.FreePort;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintATableAndNothingElse(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx)) {
            assertThat(run("bench --requests 2000 --url ws://127.0.0.1:" + server.port()))
                    .isZero();
        }
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines().toList()).hasSize(3);
        assertThat(out.toString())
                .startsWith("set, 50-byte values: 16 connections x 16 in flight, 16 sessions x 1000 keys, 1 thread")
                .containsPattern("errors\\R.* 0\\R$");
    }

    @Test
    void shouldPrintOneJsonObject(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx)) {
            assertThat(run("bench --json --command get --requests 2000 --connections 4 --pipeline 3 "
                            + "--preload-keys 100 --url"
                            + " ws://127.0.0.1:" + server.port()))
                    .isZero();
        }
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "command",
                        "connections",
                        "pipeline",
                        "threads",
                        "sessions",
                        "keys",
                        "valueBytes",
                        "seconds",
                        "requests",
                        "requestsPerSecond",
                        "p50Us",
                        "p99Us",
                        "p999Us",
                        "maxUs",
                        "sentBytesPerSecond",
                        "receivedBytesPerSecond",
                        "generatorCpu",
                        "errors");
        assertThat(json.get("command").asText()).isEqualTo("get");
        assertThat(json.get("requests").asLong()).isEqualTo(2000);
        assertThat(json.get("keys").asInt()).isEqualTo(25);
        assertThat(json.get("errors").asLong()).isZero();
    }

    @Test
    void shouldFailOnWrongReplies(Vertx vertx) throws Exception {
        try (StubServer server = StubServer.start(vertx, StubServer.Manner.LIE)) {
            assertThat(run("bench --requests 500 --url ws://127.0.0.1:" + server.port()))
                    .isEqualTo(1);
        }
        assertThat(out.toString()).containsPattern(" 500\\R$");
        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("tessera: expected {"));
    }

    @Test
    void shouldSayInOneLineThatThereIsNoServer() throws Exception {
        assertThat(run("bench --url ws://127.0.0.1:" + FreePort.find())).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tessera: cannot connect to ws://127.0.0.1:")
                .endsWith("is the server running?");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
      --command nope                | Invalid value for option '--command': 'nope' is not one of set, get, mixed, add, contains, count, incr, merge, cas, batch, echo
      --url http://host             | Invalid value for option '--url' (URL): 'http://host' is not of the form ws://host:port/
      --connections 0               | --connections must be an integer in 1..65000, not 0
      --pipeline 0                  | --pipeline must be an integer in 1..1000000, not 0
      --threads 17                  | --threads must be an integer in 1..16, not 17
      --seconds 0                   | --seconds must be an integer in 1..86400, not 0
      --requests 0                  | --requests must be an integer in 1..9223372036854775806, not 0
      --value-bytes 1               | --value-bytes must be an integer in 2..16777216, not 1
      --seconds x                   | Invalid value for option '--seconds': 'x' is not an int
      --keys 1 --preload-keys 1     | --keys and --preload-keys exclude one another
      --self --rows nope            | Invalid value for option '--rows' (TABLE): 'nope' is not one of matrix, loops, connections, keys, values, changes, journal, cluster
      --self --runs 0               | --runs must be an integer in 1..1000, not 0
      """)
    void shouldRefuseAWrongCommandLineInOneLine(String line, String error) {
        assertThat(run("bench " + line)).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("tessera: " + error + "; see tessera bench --help");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String line) {
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(line.split(" "));
    }
}
