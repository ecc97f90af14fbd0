package dev.tessera.impl.gateway.websocket.clients;

import dev.tessera.testing.Await;
import dev.tessera.testing.Browser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A browser on a page that converses with a server and posts the result back. */
final class BrowserClient {

    private static final long TIMEOUT_SECONDS = 120;

    private BrowserClient() {}

    static String run(Vertx vertx, ServerUnderTest server) throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        HttpServer pages = Await.result(vertx.createHttpServer()
                .requestHandler(request -> answer(request, server, result))
                .listen(0, "127.0.0.1"));
        String page = "http://127.0.0.1:" + pages.actualPort() + "/page.html?url="
                + URLEncoder.encode(server.url(), StandardCharsets.UTF_8);
        try (Browser browser = Browser.open(page)) {
            try {
                return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("the page has not answered; the browser said:\n" + browser.output(), e);
            }
        } finally {
            Await.result(pages.close());
        }
    }

    private static void answer(HttpServerRequest request, ServerUnderTest server, CompletableFuture<String> result) {
        switch (request.path()) {
            case "/page.html" ->
                request.response().putHeader("Content-Type", "text/html").sendFile(file("page.html"));
            case "/conversation.mjs" ->
                request.response().putHeader("Content-Type", "text/javascript").sendFile(file("conversation.mjs"));
            case "/conversation.json" -> request.response().end(server.conversationJson());
            case "/result" ->
                request.body().onSuccess(body -> {
                    request.response().end();
                    result.complete(body.toString());
                });
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static String file(String name) {
        return NodeClients.SOURCE.resolve(name).toAbsolutePath().toString();
    }
}
