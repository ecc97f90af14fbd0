package dev.tessera.management;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP server of the management endpoints. {@code GET /livez} answers 200 as long as the process serves; {@code GET /readyz}
 * answers 200 when clients may come, otherwise 503 with the reason. Thread-safe.
 */
public final class ManagementServer {

  private static final int IDLE_TIMEOUT_SECONDS = 30;

  private final HttpServer server;

  private ManagementServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes any free one
   * @return fails with the socket's exception if the address cannot be bound
   */
  public static Future<ManagementServer> start(Vertx vertx, String host, int port, Readiness readiness) {
    HttpServerOptions options = new HttpServerOptions()
        .setIdleTimeout(IDLE_TIMEOUT_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
    return vertx.createHttpServer(options)
        .requestHandler(routes(vertx, readiness))
        .listen(port, host)
        .map(ManagementServer::new);
  }

  private static Router routes(Vertx vertx, Readiness readiness) {
    Router router = Router.router(vertx);
    router.route("/livez").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> answer(context, Health.LIVE));
    router.route("/readyz").method(HttpMethod.GET).method(HttpMethod.HEAD)
        .handler(context -> answer(context, Health.of(readiness)));
    return router;
  }

  private static void answer(RoutingContext context, Health health) {
    context.response()
        .setStatusCode(health.httpStatus())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(health.toJson());
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Stops listening and closes every connection. */
  public Future<Void> close() {
    return server.close();
  }
}
