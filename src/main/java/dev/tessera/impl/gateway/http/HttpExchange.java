package dev.tessera.impl.gateway.http;

import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.protocol.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** One HTTP request and the way back to its client: every response that commands get is written here. */
final class HttpExchange {

    static final String JSON = "application/json";
    static final String RETRY_AFTER = "Retry-After";
    static final String RETRY_AFTER_SECONDS = "1";

    private final HttpServerRequest request;
    private final HttpPeer peer;
    private final CommandIntake intake;
    /** Writes the tokens of answers as strings; null where they are numbers. */
    private final TokenStringRewriter tokenStringRewriter;

    HttpExchange(
            HttpServerRequest request, HttpPeer peer, CommandIntake intake, TokenStringRewriter tokenStringRewriter) {
        this.request = request;
        this.peer = peer;
        this.intake = intake;
        this.tokenStringRewriter = tokenStringRewriter;
    }

    /** Returns an exchange for the same request whose answers have their tokens as strings. */
    HttpExchange withTokensAsStrings(TokenStringRewriter rewriter) {
        return new HttpExchange(request, peer, intake, rewriter);
    }

    HttpServerRequest request() {
        return request;
    }

    HttpPeer peer() {
        return peer;
    }

    boolean hasTokenText() {
        return tokenStringRewriter != null;
    }

    /** Says whether nothing was answered yet and somebody waits for it. */
    boolean isOpen() {
        return !request.response().ended() && !request.response().closed();
    }

    /** Sets a header of the response. */
    HttpExchange header(CharSequence name, String value) {
        if (isOpen()) {
            request.response().putHeader(name, value);
        }
        return this;
    }

    /** Answers with the answer of a command, or with nothing where it is silent. */
    void answer(byte[] answer) {
        if (answer.length == 0) {
            empty(HttpStatus.NO_CONTENT);
        } else {
            answer(HttpStatus.of(answer), answer);
        }
    }

    /** As {@link #answer(byte[])}, with a status that says more. */
    void answer(int status, byte[] answer) {
        json(status, withTokens(answer));
    }

    /** An answer with its tokens as the client wants them. */
    byte[] withTokens(byte[] answer) {
        return tokenStringRewriter == null || answer.length == 0 ? answer : tokenStringRewriter.quoteIn(answer);
    }

    /** Answers that the request is wrong beyond any command. */
    void refuse(int httpStatus, Status status, String message) {
        json(httpStatus, intake.refusal(status, message));
    }

    /** Answers that what the request asks of its resource does not hold. */
    void refusePrecondition() {
        refuse(
                HttpStatus.PRECONDITION_FAILED,
                Status.COMMAND_SYNTAX,
                "the condition of If-Match or If-None-Match does not hold: nothing here"
                        + " has an entity tag, so use If-Match: *, or If-None-Match: * to add a key");
    }

    /** Answers with a JSON text. */
    void json(int status, byte[] text) {
        if (!isOpen()) {
            return;
        }
        // What changes nothing is executed first, for what is not there is 404 whatever was asked of it.
        Precondition precondition =
                status == HttpStatus.OK && isSafe() ? Precondition.of(request.headers()) : Precondition.NONE;
        switch (precondition) {
            case NEVER -> refusePrecondition();
            case ABSENT -> empty(HttpStatus.NOT_MODIFIED);
            case NONE, PRESENT -> write(status, text);
        }
    }

    private boolean isSafe() {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private void write(int status, byte[] text) {
        HttpServerResponse response = request.response().setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        commonHeaders(response, status);
        if (request.method().equals(HttpMethod.HEAD)) {
            // Over HTTP/2, Vert.x would send a body that was given.
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(text.length))
                    .end();
        } else {
            peer.owes(text.length);
            response.end(Buffer.buffer(text)).onComplete(sent -> peer.paid(text.length));
        }
    }

    /** Answers without a body. */
    void empty(int status) {
        if (isOpen()) {
            HttpServerResponse response = request.response().setStatusCode(status);
            commonHeaders(response, status);
            response.end();
        }
    }

    private static void commonHeaders(HttpServerResponse response, int status) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (status == HttpStatus.UNAVAILABLE) {
            response.putHeader(RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
    }
}
