package dev.tessera.gateway;

import dev.tessera.command.Commands;
import dev.tessera.command.RequestDecoder;
import dev.tessera.command.TokenSource;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.gateway.websocket.CloseStatus;
import dev.tessera.gateway.websocket.WebSocketLink;
import dev.tessera.gateway.websocket.WebSocketOptions;
import dev.tessera.gateway.websocket.WebSocketUpgrade;
import dev.tessera.routing.BatchBus;
import dev.tessera.routing.Dispatcher;
import dev.tessera.routing.StoreMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves clients on one event loop: accepts their connections, and passes what they ask to the stores. */
public final class GatewayVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);

  /** Checks in every idle timeout; see {@link ClientConnection#checkIdle}. */
  private static final int IDLE_CHECKS = 3;

  private final Configuration configuration;
  private final int listenPort;
  private final ConnectionCount connectionCount;
  private final GatewayLimits limits;
  private final Dispatcher dispatcher;
  private final CommandPort port;
  private final WebSocketUpgrade upgrade;
  private final Set<ClientConnection> connections = new HashSet<>();
  private Promise<Void> drained;
  private HttpServer server;

  /**
   * A gateway that is not yet deployed.
   *
   * @param number its number among the gateways of this event bus
   * @param listenPort as {@link HttpServer#listen(int, String)} takes it
   * @param connectionCount shared by all gateways of the server
   */
  public GatewayVerticle(int number, Configuration configuration, int listenPort, ConnectionCount connectionCount,
      Commands commands, StoreMap stores, TokenSource tokens, BatchBus bus) {
    this.configuration = configuration;
    this.listenPort = listenPort;
    this.connectionCount = connectionCount;
    this.limits = GatewayLimits.of(configuration);
    this.dispatcher = new Dispatcher(bus, "tessera.gateway." + number, stores, tokens,
        configuration.get(Settings.MAX_REPLY));
    this.port = new CommandPort(new RequestDecoder(commands, configuration.get(Settings.MAX_DEPTH)), dispatcher);
    this.upgrade = new WebSocketUpgrade(webSocketOptions());
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    router.route("/").handler(this::onRequest);
    int idleTimeoutMs = configuration.get(Settings.WEBSOCKET_IDLE_TIMEOUT_MS);
    if (idleTimeoutMs > 0) {
      vertx.setPeriodic(Math.max(1, idleTimeoutMs / IDLE_CHECKS),
          timer -> Set.copyOf(connections).forEach(ClientConnection::checkIdle));
    }
    server = vertx.createHttpServer(webSocketOptions().applyTo(new HttpServerOptions())).requestHandler(router);
    return dispatcher.open().compose(opened -> server.listen(listenPort, configuration.get(Settings.HOST)));
  }

  @Override
  public Future<?> stop() {
    return dispatcher.close();
  }

  /** The port on which it listens. */
  public int actualPort() {
    return server.actualPort();
  }

  /**
   * Takes no new connections, sends the replies that are in flight, and closes every connection with 1001. To be called on
   * the event loop of this gateway.
   *
   * @return done when all connections are gone, or {@code timeoutMs} have passed and they were dropped
   */
  public Future<Void> drain(long timeoutMs) {
    drained = Promise.promise();
    Set.copyOf(connections).forEach(connection -> connection.closeWhenAnswered(CloseStatus.GOING_AWAY, "shutting down"));
    completeDrain();
    return Future.all(server.shutdown(timeoutMs, TimeUnit.MILLISECONDS),
        drained.future().timeout(Math.max(1, timeoutMs), TimeUnit.MILLISECONDS).otherwiseEmpty()).mapEmpty();
  }

  private void onRequest(RoutingContext request) {
    if (drained != null) {
      request.response().setStatusCode(503).end("shutting down\n");
    } else if (!connectionCount.tryAdd()) {
      LOG.warn("Refusing a connection of {}: {} are open, and {} allows no more", request.request().remoteAddress(),
          connectionCount.max(), Settings.MAX_CONNECTIONS.path());
      request.response().setStatusCode(503).putHeader("Retry-After", "1").end("too many connections\n");
    } else if (!upgrade.open(request.request(), this::onOpen)) {
      connectionCount.remove();
    }
  }

  private ClientConnection onOpen(WebSocketLink link) {
    ClientConnection[] self = new ClientConnection[1];
    self[0] = new ClientConnection(link, port, limits, () -> onGone(self[0]));
    connections.add(self[0]);
    return self[0];
  }

  private void onGone(ClientConnection connection) {
    connections.remove(connection);
    connectionCount.remove();
    completeDrain();
  }

  private void completeDrain() {
    if (drained != null && connections.isEmpty()) {
      drained.tryComplete();
    }
  }

  private WebSocketOptions webSocketOptions() {
    return WebSocketOptions.defaults()
        .withMaxPayloadBytes(configuration.get(Settings.MAX_PAYLOAD))
        .withCompression(configuration.get(Settings.WEBSOCKET_COMPRESSION));
  }
}
