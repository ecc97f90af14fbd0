package dev.tessera.impl.gateway.websocket.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.Browser;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.Tool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JavaScript of README, on Node and in a browser. */
@Tag(Layer.CLIENT)
@ExtendWith(VertxExtension.class)
class JavaScriptExampleIT {

    private static final long TIMEOUT_SECONDS = 120;
    private static final String OUTPUT = "string 1";

    @Test
    @RequiresTool({Tool.NODE, Tool.NPM})
    void shouldRunOnNode(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx)) {
            assertThat(NodeClients.runModule(block("js ws") + "\n" + example(server)))
                    .isEqualTo(OUTPUT);
        }
    }

    @Test
    @RequiresTool(Tool.BROWSER)
    void shouldRunInABrowser(Vertx vertx) throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        CompletableFuture<String> script = new CompletableFuture<>();
        HttpServer pages = Await.result(vertx.createHttpServer()
                .requestHandler(request -> answer(request, script.join(), result))
                .listen(0, "127.0.0.1"));
        String origin = "http://127.0.0.1:" + pages.actualPort();
        Configuration configuration = Configuration.defaults().with(Settings.WEBSOCKET_ORIGINS, List.of(origin));
        try (TestServer server = TestServer.start(vertx, configuration)) {
            script.complete(example(server));
            try (Browser browser = Browser.open(origin + "/")) {
                assertThat(result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                        .as(browser.output())
                        .isEqualTo(OUTPUT);
            }
        } finally {
            Await.result(pages.close());
        }
    }

    /** Answers with a page that runs a module, and posts the line that the module logs. */
    private static void answer(HttpServerRequest request, String script, CompletableFuture<String> result) {
        if (request.path().equals("/result")) {
            request.body().onSuccess(body -> {
                request.response().end();
                result.complete(body.toString());
            });
        } else if (request.path().equals("/")) {
            request.response().putHeader("Content-Type", "text/html").end("""
                    <!DOCTYPE html>
                    <script>
                      const post = (body) => fetch('/result', { method: 'POST', body });
                      console.log = (...words) => post(words.join(' '));
                      onunhandledrejection = ({ reason }) => post(String(reason));
                      onerror = post;
                    </script>
                    <script type="module">
                    %s
                    </script>
                    """.formatted(script));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    private static String example(TestServer server) throws IOException {
        return block("js").replace("127.0.0.1:1987", "127.0.0.1:" + server.port());
    }

    private static String block(String kind) throws IOException {
        return MarkdownBlocks.read(Path.of("README.md")).stream()
                .filter(block -> block.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
