package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;

/**
 * One event loop's share of the server. It listens on the port that all loops share; Vert.x hands each connection to one of
 * them. To anything but a WebSocket it answers 426.
 */
final class LoopVerticle extends VerticleBase {

  private static final int UPGRADE_REQUIRED = 426;

  private final Configuration configuration;
  private final SharedPort port;
  private HttpServer server;

  LoopVerticle(Configuration configuration, SharedPort port) {
    this.configuration = configuration;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    server = vertx.createHttpServer().requestHandler(request -> request.response()
        .setStatusCode(UPGRADE_REQUIRED)
        .putHeader("Upgrade", "websocket")
        .putHeader("Connection", "Upgrade")
        .end());
    return server.listen(port.toListenOn(), configuration.get(Settings.HOST))
        .onSuccess(listening -> port.bound(listening.actualPort()));
  }

  @Override
  public Future<?> stop() {
    return server.shutdown(configuration.get(Settings.DRAIN_TIMEOUT_MS), TimeUnit.MILLISECONDS);
  }
}
