package dev.tessera.impl.gateway.websocket.clients;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Chromium, without a window, on a page that converses with a server and posts back what came of it. */
final class Browser {

    private static final long PATIENCE_SECONDS = 120;

    private Browser() {}

    static String run(Vertx vertx, ServerUnderTest server) throws Exception {
        Path dir = Files.createTempDirectory(Files.createDirectories(Path.of("target", "chromium")), "run");
        CompletableFuture<String> result = new CompletableFuture<>();
        Path output = dir.resolve("chromium.log");
        Process chromium = null;
        HttpServer pages = vertx.createHttpServer()
                .requestHandler(request -> answer(request, server, result))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        try {
            String page = "http://127.0.0.1:" + pages.actualPort() + "/page.html?url="
                    + URLEncoder.encode(server.url(), StandardCharsets.UTF_8);
            chromium = Commands.start(
                    dir,
                    output.toFile(),
                    List.of(
                            "chromium",
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-dev-shm-usage",
                            "--user-data-dir=" + dir.resolve("profile").toAbsolutePath(),
                            page));
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the page has not answered; chromium said:\n" + Files.readString(output), e);
        } finally {
            if (chromium != null) {
                chromium.descendants().forEach(ProcessHandle::destroyForcibly);
                chromium.destroyForcibly().waitFor();
            }
            pages.close().toCompletionStage().toCompletableFuture().get();
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
