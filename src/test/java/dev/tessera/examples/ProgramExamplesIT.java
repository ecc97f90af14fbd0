package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.Browser;
import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.Tool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the examples that are no Java, against a server in this JVM. */
@Tag(Layer.CLIENT)
@ExtendWith(VertxExtension.class)
class ProgramExamplesIT {

    private static final Path EXAMPLES = Path.of("examples");
    private static final long BROWSER_SECONDS_MAX = 120;
    /** Posts each text that the page shows. */
    private static final String REPORTER = """
            <script>
              const visits = document.getElementById('visits');
              new MutationObserver(() => fetch('/shown', {method: 'POST', body: visits.textContent}))
                .observe(visits, {childList: true});
            </script>
            """;

    private TestServer server;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        server = TestServer.start(
                vertx,
                Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.WEBSOCKET_ORIGINS, List.of("*")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @RequiresTool(Tool.CURL)
    void shouldRunInAShell() throws Exception {
        String printed =
                ExternalProgram.run(EXAMPLES.resolve("shell"), "./session.sh", "http://127.0.0.1:" + server.port());

        assertThat(printed).isEqualTo("""
                {"name":"Ada"}\n""");
    }

    @Test
    @RequiresTool({Tool.NODE, Tool.NPM})
    void shouldRunOnNode() throws Exception {
        Path installed = Path.of("target", "examples", "javascript");
        ExternalProgram.installNpmPackages(EXAMPLES.resolve("javascript"), installed);

        assertThat(ExternalProgram.run(
                        installed, Tool.NODE.path().toString(), "session.mjs", "ws://127.0.0.1:" + server.port()))
                .isEqualTo("Ada\n");
    }

    @Test
    @RequiresTool(Tool.BROWSER)
    void shouldRunInABrowser(Vertx vertx) throws Exception {
        BlockingQueue<String> shown = new LinkedBlockingQueue<>();
        HttpServer pages = Await.result(vertx.createHttpServer()
                .requestHandler(request -> answer(request, shown))
                .listen(0, "127.0.0.1"));
        String page = "http://127.0.0.1:" + pages.actualPort() + "/?server=ws://127.0.0.1:" + server.port() + "/";
        try (Browser browser = Browser.open(page)) {
            assertThat(shown.poll(BROWSER_SECONDS_MAX, TimeUnit.SECONDS))
                    .as(browser.output())
                    .isEqualTo("visits: 1");
        } finally {
            Await.result(pages.close());
        }
    }

    private static void answer(HttpServerRequest request, BlockingQueue<String> shown) {
        switch (request.path()) {
            case "/" ->
                request.response().putHeader("Content-Type", "text/html").end(page() + REPORTER);
            case "/shown" ->
                request.body().onSuccess(body -> {
                    shown.add(body.toString());
                    request.response().end();
                });
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static String page() {
        try {
            return Files.readString(EXAMPLES.resolve("browser").resolve("index.html"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
