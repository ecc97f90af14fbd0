package dev.tessera.impl.management;

import dev.tessera.impl.http.AllowedHosts;
import dev.tessera.impl.http.HttpServers;
import dev.tessera.impl.http.RequestMessages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP server of the management endpoints. {@code GET /livez} answers 200 as long as the process runs. {@code GET
 * /readyz} answers 200 if clients may connect, otherwise 503 with the reason. Other pages come from the server. Health
 * is no secret, so probes may ask for it by any host name.
 *
 * <p>Thread-safe.
 */
public final class ManagementServer {

    static final String JSON = "application/json";
    private static final String NOT_FOUND = """
                    {"error":"there is nothing at this path; there are /livez, /readyz, \
                    /metrics and, in a cluster, /v1/cluster"}""";
    private static final String OTHER_HOST = error(RequestMessages.OTHER_HOST);
    private static final String BAD_REQUEST = """
                    {"error":"the request has no readable path or host"}""";
    private static final int IDLE_TIMEOUT_SECONDS = 30;

    private final HttpServer server;

    private ManagementServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 takes any free port
     * @param hosts the hosts in whose name it shows the pages; those of health have every host
     * @param pages the pages beside those of health
     * @return fails with the socket's exception if the address cannot be bound
     */
    public static Future<ManagementServer> start(
            Vertx vertx, String host, int port, Readiness readiness, AllowedHosts hosts, List<ManagementPage> pages) {
        HttpServerOptions options =
                new HttpServerOptions().setIdleTimeout(IDLE_TIMEOUT_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return HttpServers.create(vertx, options, ManagementServer::errorBody)
                .requestHandler(routes(vertx, readiness, hosts, pages))
                .listen(port, host)
                .map(ManagementServer::new);
    }

    /** Returns the body of an answer to a request that is refused before it reaches a page. */
    private static byte[] errorBody(String message) {
        return error(message).getBytes(StandardCharsets.UTF_8);
    }

    private static String error(String message) {
        return """
                {"error":"%s"}""".formatted(message);
    }

    private static Router routes(Vertx vertx, Readiness readiness, AllowedHosts hosts, List<ManagementPage> pages) {
        Router router = Router.router(vertx);
        router.route("/livez")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> answer(context, Health.LIVE));
        router.route("/readyz")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> answer(context, Health.of(readiness)));
        for (ManagementPage page : pages) {
            router.route(page.path())
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(context -> {
                        if (hosts.admit(context.request())) {
                            answer(vertx, context, page);
                        } else {
                            answer(context, 421, JSON, OTHER_HOST);
                        }
                    });
        }
        router.errorHandler(404, context -> answer(context, 404, JSON, NOT_FOUND));
        router.errorHandler(400, context -> answer(context, 400, JSON, BAD_REQUEST));
        return router;
    }

    private static void answer(Vertx vertx, RoutingContext context, ManagementPage page) {
        vertx.executeBlocking(page.body()::get, false)
                .onSuccess(body -> answer(context, 200, page.contentType(), body))
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, Health health) {
        answer(context, health.httpStatus(), JSON, health.toJson());
    }

    private static void answer(RoutingContext context, int status, String contentType, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }

    /** Returns the port that the endpoints listen on. */
    public int port() {
        return server.actualPort();
    }

    /** Stops listening and closes every connection. */
    public Future<Void> close() {
        return server.close();
    }
}
