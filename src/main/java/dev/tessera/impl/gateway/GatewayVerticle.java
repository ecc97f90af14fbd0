package dev.tessera.impl.gateway;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.gateway.http.HttpGateway;
import dev.tessera.impl.gateway.http.HttpPeer;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.gateway.websocket.FrameCode;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.gateway.websocket.WebSocketUpgrade;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.StoreLink;
import dev.tessera.impl.routing.StoreMap;
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

    private final Configuration configuration;
    private final int listenPort;
    private final ConnectionCount connectionCount;
    private final Commands commands;
    private final GatewayLimits limits;
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
     * A gateway that is not yet deployed.
     *
     * @param number its number among the gateways of this event bus
     * @param listenPort as {@link HttpServer#listen(int, String)} takes it
     * @param connectionCount shared by all gateways of the server
     * @param unsentTotal shared likewise
     * @param commandMetrics shared likewise
     * @param link its way to the stores
     * @param bus its way to the node
     */
    public GatewayVerticle(
            int number,
            Configuration configuration,
            int listenPort,
            ConnectionCount connectionCount,
            UnsentTotal unsentTotal,
            Commands commands,
            CommandMetrics commandMetrics,
            StoreMap stores,
            TokenSource tokens,
            StoreLink link,
            BatchBus bus) {
        this.configuration = configuration;
        this.listenPort = listenPort;
        this.connectionCount = connectionCount;
        this.commands = commands;
        this.limits = GatewayLimits.of(configuration, unsentTotal);
        this.dispatcher = new Dispatcher(
                link,
                bus,
                address(number),
                stores,
                tokens,
                configuration.get(Settings.MAX_REPLY_BYTES),
                commandMetrics);
        this.intake = new CommandIntake(
                new RequestDecoder(commands, configuration.get(Settings.MAX_DEPTH)),
                dispatcher,
                limits.payloadBytesMax());
        this.origins = new WebSocketOrigins(configuration.get(Settings.WEBSOCKET_ORIGINS));
        this.upgrade = new WebSocketUpgrade(webSocketOptions());
        this.httpConnections = new HttpConnections(connectionCount, limits);
        this.webSocketConnections = new WebSocketConnections(connectionCount, intake, limits);
        this.refusals = new RefusalLog(connectionCount.max(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** The address on the event bus of a gateway with this number. */
    public static String address(int number) {
        return "tessera.gateway." + number;
    }

    @Override
    public Future<?> start() {
        http = new HttpGateway(vertx, configuration, commands, intake, limits);
        webSocketConnections.watchIdle(vertx, configuration.get(Settings.WEBSOCKET_IDLE_TIMEOUT_MS));
        server = vertx.createHttpServer(serverOptions())
                .connectionHandler(httpConnections::open)
                .invalidRequestHandler(http::refuseInvalid)
                .requestHandler(routes());
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
            connectionCount.addRefused();
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
        return webSocketOptions()
                .applyTo(new HttpServerOptions())
                .setIdleTimeout(configuration.get(Settings.HTTP_IDLE_TIMEOUT_MS))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(true);
    }

    private WebSocketOptions webSocketOptions() {
        return WebSocketOptions.defaults()
                .withMaxPayloadBytes(configuration.get(Settings.MAX_PAYLOAD_BYTES))
                .withFrameCode(configuration.get(Settings.WEBSOCKET_OWN_CODEC) ? FrameCode.NATIVE : FrameCode.VERTX)
                .withCompression(configuration.get(Settings.WEBSOCKET_COMPRESSION));
    }
}
