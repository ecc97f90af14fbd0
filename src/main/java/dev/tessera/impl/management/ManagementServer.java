package dev.tessera.impl.management;

import dev.tessera.impl.http.AllowedHosts;
import dev.tessera.impl.http.HttpServers;
import dev.tessera.impl.http.RequestMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The HTTP server of the management endpoints. {@code GET /livez} answers 200 as long as all event loops of the server
 * run tasks. {@code GET /readyz} answers 200 if clients may connect, otherwise 503 with the reason. Other pages come
 * from the server.
 *
 * <p>The server has a Vert.x of its own with one event loop, so that it answers whatever the loops of the clients do.
 * It has a bounded number of connections, and closes the oldest one for a new one: clients that flood this port cannot
 * keep probes out, and do not take file descriptors from clients. Health is no secret, so probes may ask for it by any
 * host name. Thread-safe.
 */
public final class ManagementServer {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    static final String JSON = "application/json";
    private static final String NOT_FOUND = """
                    {"error":"there is nothing at this path; there are /livez, /readyz, \
                    /metrics and, in a cluster, /v1/cluster"}""";
    private static final String OTHER_HOST = error(RequestMessages.OTHER_HOST);
    private static final String BAD_REQUEST = """
                    {"error":"the request has no readable path or host"}""";
    private static final int CONNECTIONS_MAX = 64;
    private static final int IDLE_TIMEOUT_SECONDS = 10;
    /** Pages of slow suppliers wait for these; the health endpoints need none. */
    private static final int WORKERS = 2;

    private final Vertx vertx;
    private final HttpServer server;
    private final AtomicReference<@Nullable Future<Void>> closed = new AtomicReference<>();

    private ManagementServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 takes any free port
     * @param hosts the hosts in whose name it shows the pages; those of health have every host
     * @param stalls the watch on the event loops of the server; the endpoints' thread runs it
     * @param pages the pages beside those of health
     * @return fails with the socket's exception if the address cannot be bound; completes on a thread of the endpoints
     */
    public static Future<ManagementServer> start(
            String host,
            int port,
            Readiness readiness,
            AllowedHosts hosts,
            StallWatch stalls,
            List<ManagementPage> pages) {
        Promise<ManagementServer> started = Promise.promise();
        // On a thread of its own, because Vert.x warns of a Vert.x that is created on a thread of another one.
        Thread thread = new Thread(
                () -> {
                    Vertx vertx = Vertx.vertx(vertxOptions());
                    vertx.setPeriodic(StallWatch.INTERVAL_MS, timer -> look(vertx, stalls));
                    NewestConnections connections = new NewestConnections(CONNECTIONS_MAX);
                    HttpServers.create(
                                    vertx,
                                    httpOptions(),
                                    ManagementServer::errorBody,
                                    accepted -> true,
                                    connections::add)
                            .requestHandler(routes(vertx, readiness, hosts, stalls, pages))
                            .listen(port, host)
                            .onSuccess(server -> started.complete(new ManagementServer(vertx, server)))
                            .onFailure(failure -> {
                                started.fail(failure);
                                vertx.close();
                            });
                },
                "tessera-management-start");
        thread.start();
        return started.future();
    }

    private static HttpServerOptions httpOptions() {
        return new HttpServerOptions().setIdleTimeout(IDLE_TIMEOUT_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static void look(Vertx vertx, StallWatch stalls) {
        String line = stalls.look();
        if (line != null) {
            // A log that blocks may be the reason for the stall, so this thread does not write to it.
            vertx.executeBlocking(() -> {
                LOG.atLevel(stalls.reason().isEmpty() ? Level.INFO : Level.ERROR)
                        .log(line);
                return null;
            });
        }
    }

    /** Returns the body of an answer to a request that is refused before it reaches a page. */
    private static byte[] errorBody(String message) {
        return error(message).getBytes(StandardCharsets.UTF_8);
    }

    private static String error(String message) {
        return """
                {"error":"%s"}""".formatted(message);
    }

    private static Router routes(
            Vertx vertx, Readiness readiness, AllowedHosts hosts, StallWatch stalls, List<ManagementPage> pages) {
        Router router = Router.router(vertx);
        router.route("/livez")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> answer(context, Health.of(stalls)));
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

    /** Stops listening, and closes every connection and the thread. Later calls return the same future. */
    public Future<Void> close() {
        Promise<Void> ended = Promise.promise();
        if (closed.compareAndSet(null, ended.future())) {
            vertx.close().onComplete(ended);
        }
        return Objects.requireNonNull(closed.get());
    }
}
