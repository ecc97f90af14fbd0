package dev.tessera.impl.gateway;

import dev.tessera.impl.gateway.http.HttpGateway;
import dev.tessera.impl.gateway.http.HttpPeer;
import dev.tessera.impl.gateway.websocket.upgrade.WebSocketUpgrade;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.Dispatcher;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** Serves clients on one event loop: accepts their connections, and passes what they ask to the stores. */
public final class GatewayVerticle extends VerticleBase {

    private final GatewayContext shared;
    private final GatewayOptions options;
    private final Dispatcher dispatcher;
    private final CommandIntake intake;
    private final WebSocketOrigins origins;
    private final WebSocketUpgrade upgrade;
    private final HttpConnections httpConnections;
    private final WebSocketConnections webSocketConnections;
    private final RefusalLog refusals;
    private HttpGateway http;
    private HttpServer server;

    /**
     * Creates a gateway that is not deployed yet.
     *
     * @param shared what all gateways of the server share
     * @param dispatcher sends the commands of this gateway to the stores; still closed
     */
    public GatewayVerticle(GatewayContext shared, Dispatcher dispatcher) {
        this.shared = shared;
        this.options = shared.options();
        this.dispatcher = dispatcher;
        this.intake = shared.stores().intake(dispatcher);
        this.origins = new WebSocketOrigins(options.webSocketOrigins());
        this.upgrade = new WebSocketUpgrade(options.webSocket());
        this.httpConnections = new HttpConnections(shared);
        this.webSocketConnections = new WebSocketConnections(shared, intake);
        this.refusals =
                new RefusalLog(options.connectionsMax(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** The address on the event bus of a gateway with this number. */
    public static String address(int number) {
        return "tessera.gateway." + number;
    }

    @Override
    public Future<?> start() {
        http = new HttpGateway(
                vertx, options.http(), shared.stores().commands(), intake, options.limits(), shared.unsentTotal());
        webSocketConnections.watchIdle(vertx, options.webSocketIdleTimeoutMs());
        server = vertx.createHttpServer(serverOptions())
                .connectionHandler(httpConnections::open)
                .invalidRequestHandler(http::refuseInvalid)
                .requestHandler(routes());
        return dispatcher.open().compose(opened -> server.listen(shared.listenPort(), options.host()));
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
     * Takes no new connections, sends the replies that are in flight, and closes every connection with 1001. To be
     * called on the event loop of this gateway.
     *
     * @return done when all connections are gone, or {@code timeoutMs} have passed and they were dropped
     */
    public Future<Void> drain(long timeoutMs) {
        Future<Void> drained = webSocketConnections.drain();
        return Future.all(
                        server.shutdown(timeoutMs, TimeUnit.MILLISECONDS),
                        drained.timeout(Math.max(1, timeoutMs), TimeUnit.MILLISECONDS)
                                .otherwiseEmpty())
                .mapEmpty();
    }

    /**
     * Throws where anything is owed to a client or a store though nobody waits for anything; for tests. To be called on
     * the event loop of this gateway.
     */
    public void checkAtRest() {
        dispatcher.checkAtRest();
        webSocketConnections.checkAtRest();
        httpConnections.checkAtRest();
    }

    /** The path of WebSockets, and HTTP for all others. */
    private Router routes() {
        Router router = Router.router(vertx);
        router.route().handler(this::admit);
        router.route("/").handler(context -> openWebSocket(context.request()));
        http.addRoutes(router, httpConnections::peer);
        return router;
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpPeer peer = httpConnections.peer(request.connection());
        if (webSocketConnections.isDraining()) {
            http.refuse(request, "the server is shutting down");
        } else if (peer == null) {
            shared.connectionCount().addRefused();
            refusals.refused(request.remoteAddress());
            http.refuse(request, "too many connections");
        } else {
            context.next();
        }
    }

    private void openWebSocket(HttpServerRequest request) {
        if (!origins.admit(request)) {
            return;
        }
        HttpConnection connection = request.connection();
        upgrade.open(request, link -> {
            httpConnections.upgraded(connection);
            return webSocketConnections.open(link);
        });
    }

    private HttpServerOptions serverOptions() {
        return options.webSocket()
                .applyTo(new HttpServerOptions())
                .setIdleTimeout((int) options.http().idleTimeoutMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(true);
    }
}
