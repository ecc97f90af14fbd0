package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.gateway.http.Resource.Kind;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.http.RequestMessages;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.protocol.Status;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one gateway. It adds the routes of the API to the gateway's router and executes the requests that
 * Vert.x Web finds a route for.
 *
 * <p>Vert.x Web routes by path and method. These parts are our own, because Vert.x Web answers differently:
 *
 * <ul>
 *   <li><b>Paths.</b> Routes match the path as it arrived, and {@link Resource} reads the token and the key from it. By
 *       default Vert.x Web removes dot segments first; {@code keys/..} would then name the session. Its path parameters
 *       replace ill-formed UTF-8, so different texts would name one key. They also accept {@code %31} as the token 1,
 *       and refuse a query if any parameter in it is ill-formed.
 *   <li><b>404 and 405.</b> An exact route of Vert.x Web ignores a slash at the end. Its {@code Allow} header does not
 *       name {@code OPTIONS}.
 *   <li><b>{@link Cors}.</b> {@code CorsHandler} answers every preflight request itself, with the same methods for all
 *       resources and without {@code Allow}. It refuses other origins with 403, even if the path is unknown.
 *   <li><b>{@link RequestBody}.</b> {@code BodyHandler} has no time limit, and reads a body before the request is
 *       checked.
 *   <li><b>{@code /openapi.json}.</b> It describes the commands that this server has, so {@code StaticHandler} has no
 *       file to send.
 * </ul>
 *
 * <p>Thread: the gateway's event loop.
 */
public final class HttpGateway {

    private static final LimitedLog FAILED = LimitedLog.error(
            HttpGateway.class, "A request could not be handled; this is a fault of the server, please report it");
    static final String TOKENS_AS_STRINGS = "string";

    /** The names of the values that earlier handlers leave to later ones. */
    private static final String BODY = "body";

    private static final String TOKEN_FORM = "tokenForm";
    private static final String EXCHANGE = "exchange";
    private static final String RESOURCE = "resource";

    private final Vertx vertx;
    private final CommandIntake intake;
    private final boolean sessions;
    private final GatewayLimits limits;
    private final UnsentTotal unsentTotal;
    private final IncomingTotal incomingTotal;
    private final long bodyTimeoutMs;
    private final Cors cors;
    private final TokenStringRewriter tokenStringRewriter;
    private final CommandsEndpoint commandsEndpoint;
    private final SessionsEndpoint sessionsEndpoint;
    private final KeysEndpoint keysEndpoint;
    private final byte[] description;

    /** Creates the HTTP side of one gateway. */
    public HttpGateway(
            Vertx vertx,
            HttpOptions options,
            Commands commands,
            CommandIntake intake,
            GatewayLimits limits,
            UnsentTotal unsentTotal,
            IncomingTotal incomingTotal) {
        int depthMax = limits.depthMax();
        this.vertx = vertx;
        this.intake = intake;
        this.sessions = commands.sessions();
        this.limits = limits;
        this.unsentTotal = unsentTotal;
        this.incomingTotal = incomingTotal;
        this.bodyTimeoutMs = options.idleTimeoutMs();
        this.cors = new Cors(options.corsOrigins());
        this.tokenStringRewriter = new TokenStringRewriter(depthMax);
        this.commandsEndpoint = new CommandsEndpoint(intake, limits.inFlightMax(), depthMax, tokenStringRewriter);
        this.sessionsEndpoint = new SessionsEndpoint(intake, depthMax);
        this.keysEndpoint = new KeysEndpoint(intake, depthMax);
        this.description = OpenApi.of(commands);
    }

    /**
     * Adds the routes of the API, and the answers to requests that fail, after the routes that the router has.
     *
     * @param peers returns the state of a connection; null if the server has too many connections to accept it
     */
    public void addRoutes(Router router, Function<HttpConnection, @Nullable HttpPeer> peers) {
        router.route()
                .handler(context -> startBody(context, peers))
                .handler(cors)
                .handler(this::readTokenForm);
        for (Kind kind : Kind.values()) {
            route(router, kind).handler(context -> readResource(context, kind));
            route(router, kind).method(HttpMethod.OPTIONS).handler(this::tellMethods);
            for (Operation operation : Operation.of(kind)) {
                Route route = route(router, kind).method(operation.method());
                if (operation.method().equals(HttpMethod.GET)) {
                    route.method(HttpMethod.HEAD);
                }
                route.handler(context -> serve(context, operation));
            }
            route(router, kind).handler(this::refuseMethod);
        }
        router.errorHandler(HttpStatus.NOT_FOUND, context -> refusePath(plainExchange(context, peers)));
        router.errorHandler(
                HttpStatus.BAD_REQUEST, context -> refuseUnreadable(plainExchange(context, peers), context.failure()));
        router.errorHandler(
                HttpStatus.INTERNAL_ERROR, context -> fail(plainExchange(context, peers), context.failure()));
    }

    private static Route route(Router router, Kind kind) {
        return router.routeWithRegex(kind.pathPattern()).useNormalizedPath(false);
    }

    /** Answers that the server accepts no more requests, and closes the connection. */
    public void refuse(HttpServerRequest request, String reason) {
        closeAfter(request, HttpStatus.UNAVAILABLE, Status.UNAVAILABLE, reason);
    }

    /** Answers that the server does not know the host in whose name the client asks, and closes the connection. */
    public void refuseHost(HttpServerRequest request) {
        closeAfter(request, HttpStatus.MISDIRECTED, Status.COMMAND_SYNTAX, RequestMessages.OTHER_HOST);
    }

    /** Returns the body of an answer to a request that is refused before it reaches a route. */
    public byte[] errorBody(String message) {
        return intake.refusal(Status.COMMAND_SYNTAX, message);
    }

    /** Refuses a request, and closes its connection after the answer. */
    private void closeAfter(HttpServerRequest request, int httpStatus, Status status, String message) {
        HttpPeer peer = new HttpPeer(request.connection(), limits, unsentTotal);
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        new HttpExchange(request, peer, intake, null).refuse(httpStatus, status, message);
        request.connection().close();
    }

    /** Returns an exchange whose answers have their tokens as numbers. */
    private HttpExchange plainExchange(RoutingContext context, Function<HttpConnection, @Nullable HttpPeer> peers) {
        HttpConnection connection = context.request().connection();
        HttpPeer peer = peers.apply(connection);
        return new HttpExchange(
                context.request(), peer == null ? new HttpPeer(connection, limits, unsentTotal) : peer, intake, null);
    }

    /** Starts the timer of the body now, so that it also bounds a body that nobody reads. */
    private void startBody(RoutingContext context, Function<HttpConnection, @Nullable HttpPeer> peers) {
        HttpExchange exchange = plainExchange(context, peers);
        context.put(EXCHANGE, exchange);
        context.put(BODY, new RequestBody(vertx, exchange, limits.payloadBytesMax(), incomingTotal, bodyTimeoutMs));
        context.next();
    }

    private void readTokenForm(RoutingContext context) {
        try {
            String form = PercentDecoder.ofQuery(context.request().query(), "tkn");
            if (form != null) {
                context.put(TOKEN_FORM, form);
            }
        } catch (PercentDecoder.IllFormed e) {
            context.fail(HttpStatus.BAD_REQUEST, e);
            return;
        }
        context.next();
    }

    private void readResource(RoutingContext context, Kind kind) {
        try {
            context.put(RESOURCE, Resource.of(kind, context.request().path()));
        } catch (PercentDecoder.IllFormed e) {
            context.fail(HttpStatus.BAD_REQUEST, e);
            return;
        }
        HttpExchange exchange = context.get(EXCHANGE);
        String form = context.get(TOKEN_FORM);
        if (form != null && !form.equals(TOKENS_AS_STRINGS)) {
            exchange.refuse(HttpStatus.BAD_REQUEST, Status.COMMAND_SYNTAX, HttpMessages.UNKNOWN_TOKEN_FORM);
            return;
        }
        if (form != null && sessions) {
            // Without sessions there are no tokens, and a member "tkn" of an answer is the status of a key.
            context.put(EXCHANGE, exchange.withTokensAsStrings(tokenStringRewriter));
        }
        context.next();
    }

    /**
     * Passes the rewriter of the tokens that a client wants as strings; null if they are numbers. Refuses a URL that
     * asks for another form.
     */
    public void readTokenForm(HttpServerRequest request, Consumer<@Nullable TokenStringRewriter> next) {
        String refusal = HttpMessages.UNKNOWN_TOKEN_FORM;
        try {
            String form = PercentDecoder.ofQuery(request.query(), "tkn");
            if (form == null || form.equals(TOKENS_AS_STRINGS)) {
                next.accept(form != null && sessions ? tokenStringRewriter : null);
                return;
            }
        } catch (PercentDecoder.IllFormed e) {
            refusal = Objects.requireNonNull(e.getMessage());
        }
        closeAfter(request, HttpStatus.BAD_REQUEST, Status.COMMAND_SYNTAX, refusal);
    }

    private void tellMethods(RoutingContext context) {
        String methods = Operation.allow(resource(context).kind());
        cors.applyPreflight(context.request(), methods);
        if (resource(context).kind() == Kind.KEY) {
            exchange(context).header(BodyType.ACCEPT_PATCH, BodyType.PATCH_TYPES);
        }
        exchange(context).header(HttpHeaders.ALLOW, methods).empty(HttpStatus.NO_CONTENT);
    }

    private void refuseMethod(RoutingContext context) {
        String methods = Operation.allow(resource(context).kind());
        exchange(context)
                .header(HttpHeaders.ALLOW, methods)
                .refuse(HttpStatus.METHOD_NOT_ALLOWED, Status.COMMAND_NOT_EXIST, HttpMessages.knownMethods(methods));
    }

    private static void refusePath(HttpExchange exchange) {
        exchange.refuse(HttpStatus.NOT_FOUND, Status.COMMAND_NOT_EXIST, HttpMessages.NO_RESOURCE);
    }

    private static void refuseUnreadable(HttpExchange exchange, Throwable failure) {
        if (exchange.request().method().equals(HttpMethod.CONNECT)) {
            // Over HTTP/2 it has no path and no scheme. Without a scheme, Vert.x Web cannot read the authority.
            refusePath(exchange);
            return;
        }
        String message = failure instanceof PercentDecoder.IllFormed
                ? Objects.requireNonNull(failure.getMessage())
                : exchange.request().authority() == null ? RequestMessages.NO_HOST : HttpMessages.URL_NOT_UTF8;
        exchange.refuse(HttpStatus.BAD_REQUEST, Status.COMMAND_SYNTAX, message);
    }

    private static void fail(HttpExchange exchange, Throwable failure) {
        FAILED.log(failure);
        exchange.refuse(HttpStatus.INTERNAL_ERROR, Status.UNKNOWN, Fault.INTERNAL.message());
    }

    private void serve(RoutingContext context, Operation operation) {
        HttpExchange exchange = exchange(context);
        Resource resource = resource(context);
        if (resource.kind().hasToken() && !sessions) {
            exchange.refuse(HttpStatus.FORBIDDEN, Status.COMMAND_DISABLED, HttpMessages.SESSIONS_DISABLED);
        } else if (!operation.isSafe()
                && Precondition.of(exchange.request().headers()).fails(operation)) {
            exchange.refusePrecondition();
        } else {
            try {
                serve(exchange, context.get(BODY), resource, operation);
            } catch (PercentDecoder.IllFormed e) {
                context.fail(HttpStatus.BAD_REQUEST, e);
            }
        }
    }

    private static HttpExchange exchange(RoutingContext context) {
        return Objects.requireNonNull(context.get(EXCHANGE));
    }

    private static Resource resource(RoutingContext context) {
        return Objects.requireNonNull(context.get(RESOURCE));
    }

    private void serve(HttpExchange exchange, RequestBody body, Resource resource, Operation operation)
            throws PercentDecoder.IllFormed {
        switch (operation) {
            case EXECUTE -> body.read(bytes -> commandsEndpoint.execute(exchange, bytes));
            case NEW -> body.read(bytes -> sessionsEndpoint.create(exchange, bytes));
            case OPEN ->
                sessionsEndpoint.open(
                        exchange, PercentDecoder.ofQuery(exchange.request().query(), "name"));
            case INFO -> sessionsEndpoint.describe(exchange, resource.requireToken());
            case END -> sessionsEndpoint.end(exchange, resource.requireToken());
            case NAMES -> {
                ListQuery query = ListQuery.of(exchange.request().query());
                if (query == null) {
                    sessionsEndpoint.names(exchange, resource.requireToken());
                } else {
                    keysEndpoint.list(exchange, resource.requireToken(), query);
                }
            }
            case READ -> keysEndpoint.read(exchange, resource.requireToken(), resource.requireKey());
            case STORE -> {
                String ttl = PercentDecoder.ofQuery(exchange.request().query(), CommandWriter.TTL);
                body.read(bytes ->
                        keysEndpoint.store(exchange, resource.requireToken(), resource.requireKey(), ttl, bytes));
            }
            case PATCH -> {
                String ttl = PercentDecoder.ofQuery(exchange.request().query(), CommandWriter.TTL);
                body.readPatch((type, bytes) ->
                        keysEndpoint.patch(exchange, resource.requireToken(), resource.requireKey(), type, ttl, bytes));
            }
            case REMOVE -> keysEndpoint.remove(exchange, resource.requireToken(), resource.requireKey());
            case DESCRIBE -> exchange.json(HttpStatus.OK, description);
        }
    }
}
