package dev.tessera.impl.gateway.http;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.protocol.Status;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the HTTP requests of one gateway: finds the resource and the operation, and has it done. Thread: the gateway's
 * event loop.
 */
public final class HttpGateway {

    private static final Logger LOG = LoggerFactory.getLogger(HttpGateway.class);
    private static final String TOKENS_AS_STRINGS = "string";

    private final Vertx vertx;
    private final CommandIntake intake;
    private final boolean sessions;
    private final GatewayLimits limits;
    private final int bodyTimeoutMs;
    private final Cors cors;
    private final TokenStringRewriter tokenStringRewriter;
    private final CommandsEndpoint commandsEndpoint;
    private final SessionsEndpoint sessionsEndpoint;
    private final byte[] description;

    /** The HTTP side of one gateway. */
    public HttpGateway(
            Vertx vertx, Configuration configuration, Commands commands, CommandIntake intake, GatewayLimits limits) {
        int depthMax = configuration.get(Settings.MAX_DEPTH);
        this.vertx = vertx;
        this.intake = intake;
        this.sessions = commands.sessions();
        this.limits = limits;
        this.bodyTimeoutMs = configuration.get(Settings.HTTP_IDLE_TIMEOUT_MS);
        this.cors = new Cors(configuration.get(Settings.HTTP_CORS_ORIGINS));
        this.tokenStringRewriter = new TokenStringRewriter(depthMax);
        this.commandsEndpoint = new CommandsEndpoint(intake, limits.inFlightMax(), depthMax, tokenStringRewriter);
        this.sessionsEndpoint = new SessionsEndpoint(intake, depthMax);
        this.description = OpenApi.of(commands);
    }

    /**
     * Serves a request. To be called before the request's handler returns, while its body is still to come.
     *
     * @param peer what the request's connection holds
     */
    public void serve(HttpServerRequest request, HttpPeer peer) {
        HttpExchange plain = new HttpExchange(request, peer, intake, null);
        RequestBody body = new RequestBody(vertx, plain, limits.payloadBytesMax(), bodyTimeoutMs);
        try {
            cors.apply(request);
            // Without sessions there are no tokens, and a member "tkn" of an answer is the status of a key.
            String tokens = PercentDecoder.ofQuery(request.query(), "tkn");
            boolean tokensAsStrings = sessions && tokens != null;
            Resource resource = Resource.of(request.path());
            if (resource == null) {
                plain.refuse(
                        HttpStatus.NOT_FOUND,
                        Status.COMMAND_NOT_EXIST,
                        "there is nothing at this path; /openapi.json lists what there is");
            } else if (tokens != null && !tokens.equals(TOKENS_AS_STRINGS)) {
                plain.refuse(
                        HttpStatus.BAD_REQUEST,
                        Status.COMMAND_SYNTAX,
                        "the parameter 'tkn' of a URL must be '" + TOKENS_AS_STRINGS + "', or not be there");
            } else {
                serve(
                        tokensAsStrings ? new HttpExchange(request, peer, intake, tokenStringRewriter) : plain,
                        body,
                        resource);
            }
        } catch (PercentDecoder.IllFormed e) {
            plain.refuse(HttpStatus.BAD_REQUEST, Status.COMMAND_SYNTAX, e.getMessage());
        }
    }

    /** Answers that the server takes no more requests, and closes the connection. */
    public void refuse(HttpServerRequest request, String why) {
        closeBehind(request, HttpStatus.UNAVAILABLE, Status.UNAVAILABLE, why);
    }

    /** Answers where a request has no host, or its path cannot be read. */
    public void refuseUnreadable(HttpServerRequest request, HttpPeer peer) {
        new HttpExchange(request, peer, intake, null)
                .refuse(
                        HttpStatus.BAD_REQUEST,
                        Status.COMMAND_SYNTAX,
                        request.authority() == null
                                ? "a request must have one Host header with a host"
                                : "the URL is not percent-encoded UTF-8");
    }

    /** Answers where a request could not be handled. */
    public void fail(HttpServerRequest request, HttpPeer peer, Throwable failure) {
        LOG.error("A request could not be handled; this is a fault of the server, please report it", failure);
        new HttpExchange(request, peer, intake, null)
                .refuse(HttpStatus.INTERNAL_ERROR, Status.UNKNOWN, Fault.INTERNAL.message());
    }

    /** Answers what is not HTTP, or too long, and closes the connection. */
    public void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        String message = switch (status) {
            case 414 -> "the URL is too long; POST the command to /v1/commands instead";
            case 431 -> "the header is too long";
            default -> "this is not an HTTP request";
        };
        closeBehind(request, status, Status.COMMAND_SYNTAX, message);
    }

    private void closeBehind(HttpServerRequest request, int httpStatus, Status status, String message) {
        HttpPeer peer = new HttpPeer(request.connection(), limits);
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        new HttpExchange(request, peer, intake, null).refuse(httpStatus, status, message);
        request.connection().close();
    }

    private void serve(HttpExchange exchange, RequestBody body, Resource resource) throws PercentDecoder.IllFormed {
        HttpServerRequest request = exchange.request();
        String methods = Operation.allow(resource.kind());
        Operation operation = Operation.of(request.method(), resource.kind());
        if (request.method().equals(HttpMethod.OPTIONS)) {
            cors.applyPreflight(request, methods);
            exchange.header(HttpHeaders.ALLOW, methods).empty(HttpStatus.NO_CONTENT);
        } else if (operation == null) {
            exchange.header(HttpHeaders.ALLOW, methods)
                    .refuse(
                            HttpStatus.METHOD_NOT_ALLOWED,
                            Status.COMMAND_NOT_EXIST,
                            "this resource knows the methods " + methods);
        } else if (resource.token() != null && !sessions) {
            exchange.refuse(
                    HttpStatus.FORBIDDEN,
                    Status.COMMAND_DISABLED,
                    "sessions are switched off by the configuration; POST commands on keys to "
                            + Resource.Kind.COMMANDS.template());
        } else if (!operation.isSafe() && Precondition.of(request.headers()).fails(operation)) {
            exchange.refusePrecondition();
        } else {
            serve(exchange, body, resource, operation);
        }
    }

    private void serve(HttpExchange exchange, RequestBody body, Resource resource, Operation operation)
            throws PercentDecoder.IllFormed {
        String token = resource.token();
        switch (operation) {
            case EXECUTE -> body.read(bytes -> commandsEndpoint.execute(exchange, bytes));
            case NEW -> body.read(bytes -> sessionsEndpoint.create(exchange, bytes));
            case OPEN ->
                sessionsEndpoint.open(
                        exchange, PercentDecoder.ofQuery(exchange.request().query(), "name"));
            case INFO -> sessionsEndpoint.describe(exchange, token);
            case END -> sessionsEndpoint.end(exchange, token);
            case NAMES -> sessionsEndpoint.names(exchange, token);
            case READ -> sessionsEndpoint.read(exchange, token, resource.key());
            case STORE -> body.read(bytes -> sessionsEndpoint.store(exchange, token, resource.key(), bytes));
            case REMOVE -> sessionsEndpoint.remove(exchange, token, resource.key());
            case DESCRIBE -> exchange.json(HttpStatus.OK, description);
        }
    }
}
