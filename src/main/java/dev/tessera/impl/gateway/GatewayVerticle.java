package dev.tessera.impl.gateway;

import dev.tessera.impl.gateway.http.HttpGateway;
import dev.tessera.impl.gateway.http.HttpMessages;
import dev.tessera.impl.gateway.http.HttpPeer;
import dev.tessera.impl.gateway.websocket.upgrade.WebSocketUpgrade;
import dev.tessera.impl.http.AllowedHosts;
import dev.tessera.impl.http.HttpServers;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.Dispatcher;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves clients on one event loop: accepts their connections and sends their commands to the stores. */
public final class GatewayVerticle extends VerticleBase {

    private final GatewayContext shared;
    private final GatewayOptions options;
    private final Dispatcher dispatcher;
    private final AllowedHosts hosts;
    private final WebSocketOrigins origins;
    private final WebSocketUpgrade upgrade;
    private final HttpConnections httpConnections;
    private final WebSocketConnections webSocketConnections;
    private final HttpGateway http;
    /** Null until the gateway starts. */
    private @Nullable HttpServer server;

    /**
     * Creates a gateway that is not deployed yet.
     *
     * @param vertx runs the gateway
     * @param shared the context of all gateways of the server
     * @param dispatcher sends the commands of this gateway to the stores; still closed
     */
    public GatewayVerticle(Vertx vertx, GatewayContext shared, Dispatcher dispatcher) {
        this.shared = shared;
        this.options = shared.options();
        this.dispatcher = dispatcher;
        CommandIntake intake = shared.stores().intake(dispatcher);
        this.hosts = new AllowedHosts(options.host(), options.http().hosts());
        this.origins = new WebSocketOrigins(options.webSocketOrigins());
        this.upgrade = new WebSocketUpgrade(options.webSocket(), shared.incomingTotal());
        this.httpConnections = new HttpConnections(shared);
        this.webSocketConnections = new WebSocketConnections(shared, intake);
        this.http = new HttpGateway(
                vertx,
                options.http(),
                shared.stores().commands(),
                intake,
                options.limits(),
                shared.unsentTotal(),
                shared.incomingTotal());
    }

    /** Returns the event-bus address of the gateway with this number. */
    public static String address(int number) {
        return "tessera.gateway." + number;
    }

    @Override
    public Future<?> start() {
        webSocketConnections.watchIdle(vertx, options.webSocketIdleTimeoutMs());
        webSocketConnections.watchMessages(vertx, options.webSocketMessageTimeoutMs());
        HttpServer created = HttpServers.create(
                        vertx, serverOptions(), http::errorBody, httpConnections::accept, httpConnections::prepare)
                .connectionHandler(httpConnections::open)
                .requestHandler(routes());
        server = created;
        return dispatcher.open().compose(opened -> created.listen(shared.listenPort(), options.host()));
    }

    @Override
    public Future<?> stop() {
        return dispatcher.close();
    }

    /** Returns the port that the gateway listens on. */
    public int actualPort() {
        return started().actualPort();
    }

    /**
     * Refuses new connections, sends the replies in flight, and closes every connection with 1001. Must be called on
     * the event loop of this gateway.
     *
     * @return completes when all connections are closed, or after {@code timeoutMs}, which drops the rest
     */
    public Future<Void> drain(long timeoutMs) {
        Future<Void> drained = webSocketConnections.drain();
        return Future.all(
                        started().shutdown(timeoutMs, TimeUnit.MILLISECONDS),
                        drained.timeout(Math.max(1, timeoutMs), TimeUnit.MILLISECONDS)
                                .otherwiseEmpty())
                .mapEmpty();
    }

    /**
     * Throws if a reply is owed although no client waits for one; for tests. Must be called on the event loop of this
     * gateway.
     */
    public void checkAtRest() {
        dispatcher.checkAtRest();
        webSocketConnections.checkAtRest();
        httpConnections.checkAtRest();
    }

    /** Returns the routes: one path for WebSockets, and all others for HTTP. */
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
            http.refuse(request, HttpMessages.SHUTTING_DOWN);
        } else if (peer == null) {
            http.refuse(
                    request,
                    HttpConnections.isOverAddressBound(request.connection())
                            ? HttpMessages.TOO_MANY_CONNECTIONS_OF_ADDRESS
                            : HttpMessages.TOO_MANY_CONNECTIONS);
        } else if (!hosts.admit(request)) {
            http.refuseHost(request);
        } else {
            context.next();
        }
    }

    private void openWebSocket(HttpServerRequest request) {
        if (!origins.admit(request)) {
            return;
        }
        HttpConnection connection = request.connection();
        http.readTokenForm(
                request,
                tokenStrings -> upgrade.open(request, link -> {
                    httpConnections.upgraded(connection);
                    return webSocketConnections.open(link, tokenStrings);
                }));
    }

    private HttpServer started() {
        return Objects.requireNonNull(server, "the gateway has not started");
    }

    private HttpServerOptions serverOptions() {
        return options.webSocket().applyTo(new HttpServerOptions()).setHttp2ClearTextEnabled(true);
    }
}
