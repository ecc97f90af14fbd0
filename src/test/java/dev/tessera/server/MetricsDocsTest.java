package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tables of metrics in docs/operators/watch.md, compared with the metrics of a server with a journal. */
@Tag(Layer.DOCS)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class MetricsDocsTest {

    private static final Path PAGE = Path.of("docs/operators/watch.md");
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Metrics\n(.*?)\n## ");
    private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| (`[^|]+`) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    @Test
    void shouldNameEveryMetricOnce(Vertx vertx, @TempDir Path directory) throws Exception {
        Configuration configuration =
                Configuration.defaults().with(Settings.EVENT_LOOPS, 1).with(Settings.DATA_DIR, Optional.of(directory));
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            // The metric of faults appears with the first fault.
            socket.ask("{}");

            assertThat(documented())
                    .isEqualTo(new TreeSet<>(
                            MetricsPage.of(server.server().managementPort()).names()));
        }
    }

    private static Set<String> documented() throws Exception {
        Matcher section = SECTION.matcher(Files.readString(PAGE));
        assertThat(section.find()).isTrue();
        Set<String> names = new TreeSet<>();
        Matcher row = FIRST_COLUMN.matcher(section.group(1));
        while (row.find()) {
            Matcher name = NAME.matcher(row.group(1));
            while (name.find()) {
                assertThat(names.add(name.group(1)))
                        .as(name.group(1) + " stands there twice")
                        .isTrue();
            }
        }
        return names;
    }
}
