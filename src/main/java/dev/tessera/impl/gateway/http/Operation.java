package dev.tessera.impl.gateway.http;

import dev.tessera.impl.gateway.http.Resource.Kind;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations on resources. The routes and the OpenAPI document come from this list. */
enum Operation {

    /** Executes one command or a batch. */
    EXECUTE(
            HttpMethod.POST,
            Kind.COMMANDS,
            null,
            "Executes one command, or an array of them in order.",
            HttpStatus.OK,
            HttpStatus.NO_CONTENT,
            HttpStatus.PRECONDITION_FAILED),
    /** Creates a session. */
    NEW(
            HttpMethod.POST,
            Kind.SESSIONS,
            "SH_NEW",
            null,
            HttpStatus.OK,
            HttpStatus.CREATED,
            HttpStatus.CONFLICT,
            HttpStatus.PRECONDITION_FAILED),
    /** Finds a shared session. */
    OPEN(
            HttpMethod.GET,
            Kind.SESSIONS,
            "SH_OPEN",
            null,
            HttpStatus.OK,
            HttpStatus.NOT_MODIFIED,
            HttpStatus.NOT_FOUND,
            HttpStatus.PRECONDITION_FAILED),
    /** Describes a session. */
    INFO(
            HttpMethod.GET,
            Kind.SESSION,
            "SH_INFO",
            null,
            HttpStatus.OK,
            HttpStatus.NOT_MODIFIED,
            HttpStatus.PRECONDITION_FAILED),
    /** Ends a session. */
    END(HttpMethod.DELETE, Kind.SESSION, "SH_END", null, HttpStatus.NO_CONTENT, HttpStatus.PRECONDITION_FAILED),
    /** Lists the keys. */
    NAMES(
            HttpMethod.GET,
            Kind.KEYS,
            "KV_KEYS",
            null,
            HttpStatus.OK,
            HttpStatus.NOT_MODIFIED,
            HttpStatus.PRECONDITION_FAILED),
    /** Returns a value. */
    READ(
            HttpMethod.GET,
            Kind.KEY,
            "KV_GET",
            "Returns the value of a key, byte for byte.",
            HttpStatus.OK,
            HttpStatus.NOT_MODIFIED,
            HttpStatus.NOT_FOUND,
            HttpStatus.PRECONDITION_FAILED),
    /** Stores a value. */
    STORE(
            HttpMethod.PUT,
            Kind.KEY,
            "KV_SET",
            "Stores the value of a key. With If-None-Match: * it stores only a new key, by KV_ADD;"
                    + " with If-Match: * only an existing key, by KV_UPDATE;"
                    + " with entity tags only a key that has one of them.",
            HttpStatus.OK,
            HttpStatus.CREATED,
            HttpStatus.PRECONDITION_FAILED,
            HttpStatus.UNPROCESSABLE),
    /** Changes a value in place. */
    PATCH(
            HttpMethod.PATCH,
            Kind.KEY,
            null,
            "Changes the value of a key in place: with a merge patch by KV_MERGE, with a JSON patch by KV_PATCH.",
            HttpStatus.OK,
            HttpStatus.CREATED,
            HttpStatus.NOT_FOUND,
            HttpStatus.PRECONDITION_FAILED),
    /** Removes a key. */
    REMOVE(
            HttpMethod.DELETE,
            Kind.KEY,
            "KV_RMV",
            "Removes a key.",
            HttpStatus.NO_CONTENT,
            HttpStatus.NOT_FOUND,
            HttpStatus.PRECONDITION_FAILED),
    /** Returns the OpenAPI document. */
    DESCRIBE(
            HttpMethod.GET,
            Kind.DESCRIPTION,
            null,
            "Describes this API.",
            HttpStatus.OK,
            HttpStatus.NOT_MODIFIED,
            HttpStatus.PRECONDITION_FAILED);

    private final HttpMethod method;
    private final Kind kind;
    private final @Nullable String command;
    private final @Nullable String summary;
    private final List<Integer> statuses;

    Operation(HttpMethod method, Kind kind, @Nullable String command, @Nullable String summary, Integer... statuses) {
        this.method = method;
        this.kind = kind;
        this.command = command;
        this.summary = summary;
        this.statuses = List.of(statuses);
    }

    HttpMethod method() {
        return method;
    }

    Kind kind() {
        return kind;
    }

    /** Returns the name of the command that it executes; null if there is not exactly one. */
    @Nullable
    String command() {
        return command;
    }

    /** Returns its summary; null if the command's own summary applies. */
    @Nullable
    String summary() {
        return summary;
    }

    /** Returns its own statuses, without those of the faults of its command. */
    List<Integer> statuses() {
        return statuses;
    }

    /** Returns whether its requests have a body. */
    boolean hasBody() {
        return method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT) || method.equals(HttpMethod.PATCH);
    }

    /** Returns whether it changes nothing. */
    boolean isSafe() {
        return method.equals(HttpMethod.GET);
    }

    /** Returns the operations on resources of a kind. */
    static List<Operation> of(Kind kind) {
        return Stream.of(values()).filter(one -> one.kind == kind).toList();
    }

    /** Returns the methods of a resource, as the header Allow names them. */
    static String allow(Kind kind) {
        return of(kind).stream()
                .flatMap(one ->
                        one.method.equals(HttpMethod.GET) ? Stream.of("GET", "HEAD") : Stream.of(one.method.name()))
                .collect(Collectors.joining(", ", "", ", OPTIONS"));
    }
}
