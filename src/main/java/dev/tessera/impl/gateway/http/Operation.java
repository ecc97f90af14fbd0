package dev.tessera.impl.gateway.http;

import dev.tessera.impl.gateway.http.Resource.Kind;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be done with the resources, written down once: it is served and described by this list. */
enum Operation {

    /** Executes one command or a batch. */
    EXECUTE(
            HttpMethod.POST,
            Kind.COMMANDS,
            null,
            "Executes one command, or an array of them in order.",
            HttpStatus.OK,
            HttpStatus.NO_CONTENT,
            HttpStatus.NOT_FOUND,
            HttpStatus.UNPROCESSABLE),
    /** Makes a session. */
    NEW(HttpMethod.POST, Kind.SESSIONS, "SH_NEW", null, HttpStatus.CREATED, HttpStatus.CONFLICT),
    /** Finds a shared session. */
    OPEN(HttpMethod.GET, Kind.SESSIONS, "SH_OPEN", null, HttpStatus.OK, HttpStatus.NOT_FOUND),
    /** Describes a session. */
    INFO(HttpMethod.GET, Kind.SESSION, "SH_INFO", null, HttpStatus.OK, HttpStatus.NOT_FOUND),
    /** Ends a session. */
    END(HttpMethod.DELETE, Kind.SESSION, "SH_END", null, HttpStatus.NO_CONTENT, HttpStatus.NOT_FOUND),
    /** Names the keys. */
    NAMES(HttpMethod.GET, Kind.KEYS, "KV_KEYS", null, HttpStatus.OK, HttpStatus.NOT_FOUND, HttpStatus.UNPROCESSABLE),
    /** Gives a value. */
    READ(
            HttpMethod.GET,
            Kind.KEY,
            "KV_GET",
            "Gives the value of a key, byte for byte.",
            HttpStatus.OK,
            HttpStatus.NOT_FOUND,
            HttpStatus.UNPROCESSABLE),
    /** Stores a value. */
    STORE(
            HttpMethod.PUT,
            Kind.KEY,
            "KV_SET",
            "Stores the value of a key; with If-None-Match: * only where there is none, by KV_ADD, with If-Match: * only where there is one, by"
                    + " KV_UPDATE.",
            HttpStatus.OK,
            HttpStatus.CREATED,
            HttpStatus.NOT_FOUND,
            HttpStatus.PRECONDITION_FAILED),
    /** Removes a key. */
    REMOVE(HttpMethod.DELETE, Kind.KEY, "KV_RMV", "Removes a key.", HttpStatus.NO_CONTENT, HttpStatus.NOT_FOUND),
    /** Gives the OpenAPI document. */
    DESCRIBE(HttpMethod.GET, Kind.DESCRIPTION, null, "Describes this API.", HttpStatus.OK);

    private final HttpMethod method;
    private final Kind kind;
    private final String command;
    private final String summary;
    private final List<Integer> statuses;

    Operation(HttpMethod method, Kind kind, String command, String summary, Integer... statuses) {
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

    /** The command that it is, or null. */
    String command() {
        return command;
    }

    /** What it does, or null where the command's own summary says it. */
    String summary() {
        return summary;
    }

    /** The statuses of its own; the others may come from every operation that executes something. */
    List<Integer> statuses() {
        return statuses;
    }

    boolean hasBody() {
        return method == HttpMethod.POST || method == HttpMethod.PUT;
    }

    /** Says whether it changes nothing, whatever it executes. */
    boolean isSafe() {
        return method == HttpMethod.GET;
    }

    /** Returns the operations on resources of a kind. */
    static List<Operation> of(Kind kind) {
        return Stream.of(values()).filter(one -> one.kind == kind).toList();
    }

    /** The methods that a resource knows, as the header Allow names them. */
    static String allow(Kind kind) {
        return of(kind).stream()
                .flatMap(one ->
                        one.method.equals(HttpMethod.GET) ? Stream.of("GET", "HEAD") : Stream.of(one.method.name()))
                .collect(Collectors.joining(", ", "", ", OPTIONS"));
    }
}
