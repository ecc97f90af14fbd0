package dev.tessera.impl.gateway.http;

import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.protocol.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** One HTTP request and its response. All responses to commands are written here. */
final class HttpExchange {

    static final String JSON = "application/json";
    static final String RETRY_AFTER = "Retry-After";
    static final String RETRY_AFTER_SECONDS = "1";

    private final HttpServerRequest request;
    private final HttpPeer peer;
    private final CommandIntake intake;
    /** Writes the tokens of answers as strings; null if they stay numbers. */
    private final @Nullable TokenStringRewriter tokenStringRewriter;

    HttpExchange(
            HttpServerRequest request,
            HttpPeer peer,
            CommandIntake intake,
            @Nullable TokenStringRewriter tokenStringRewriter) {
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

    /** Returns whether the client wants tokens as strings, and may send them so. */
    boolean hasTokensAsStrings() {
        return tokenStringRewriter != null;
    }

    /** Returns whether the client still waits for an answer. */
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

    /** Responds with the answer of a command, or without a body if the command is silent. */
    void answer(byte[] answer) {
        if (answer.length == 0) {
            empty(HttpStatus.NO_CONTENT);
        } else {
            answer(HttpStatus.of(answer), answer);
        }
    }

    /** Responds with the answer of a command and a status that the answer alone does not determine. */
    void answer(int status, byte[] answer) {
        json(status, withTokens(answer));
    }

    /** Returns an answer with its tokens as the client wants them. */
    byte[] withTokens(byte[] answer) {
        return tokenStringRewriter == null || answer.length == 0 ? answer : tokenStringRewriter.quoteIn(answer);
    }

    /** Responds with a refusal of the whole request. */
    void refuse(int httpStatus, Status status, String message) {
        json(httpStatus, intake.refusal(status, message));
    }

    /** Responds that the precondition of the request does not hold. */
    void refusePrecondition() {
        refuse(HttpStatus.PRECONDITION_FAILED, Status.COMMAND_SYNTAX, HttpMessages.PRECONDITION_FAILED);
    }

    /** Responds with the value of a key, as the condition of the request asks. */
    void value(long revision, byte[] value) {
        if (!isOpen()) {
            return;
        }
        if (Precondition.refusesRead(request.headers(), revision)) {
            refuse(HttpStatus.PRECONDITION_FAILED, Status.COMMAND_SYNTAX, HttpMessages.PRECONDITION_FAILED);
            return;
        }
        header(HttpHeaders.ETAG, EntityTags.of(revision));
        if (Precondition.hasUnmodified(request.headers(), revision)) {
            empty(HttpStatus.NOT_MODIFIED);
        } else {
            write(HttpStatus.OK, value);
        }
    }

    /** Responds with a JSON text. */
    void json(int status, byte[] text) {
        if (!isOpen()) {
            return;
        }
        // A request that changes nothing is executed first, because a missing resource is 404 under any condition.
        Precondition precondition =
                status == HttpStatus.OK && isSafe() ? Precondition.of(request.headers()) : Precondition.NONE;
        switch (precondition) {
            case NEVER, TAGGED -> refusePrecondition();
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
            // Over HTTP/2, Vert.x would send the body.
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(text.length))
                    .end();
        } else {
            peer.owes(text.length);
            response.end(Buffer.buffer(text)).onComplete(sent -> peer.paid(text.length));
        }
    }

    /** Responds without a body. */
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
