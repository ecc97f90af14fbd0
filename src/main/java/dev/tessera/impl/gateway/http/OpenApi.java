package dev.tessera.impl.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.Version;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.Schema;
import dev.tessera.impl.gateway.http.Resource.Kind;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI 3.1 document, made from the commands and the {@link Operation}s that the server has. It leaves out
 * disabled commands. Built once, at the start.
 */
final class OpenApi {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String TOKEN = "Token";
    private static final String ANSWER = "Answer";
    private static final String COMMAND = "Command";
    private static final String TKN = "tkn";
    private static final Map<Integer, String> STATUS_TEXTS = statusTexts();

    private final List<Command> commands;
    private final boolean sessions;

    private OpenApi(Commands commands) {
        this.sessions = commands.sessions();
        this.commands = commands.all().stream()
                .filter(command -> !commands.isDisabled(command))
                .toList();
    }

    /** Returns the document as JSON. */
    static byte[] of(Commands commands) {
        try {
            return new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsBytes(plain(new OpenApi(commands).document()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, strings and numbers can be written", e);
        }
    }

    private Schema document() {
        return map("openapi", "3.1.0")
                .with(
                        "info",
                        map("title", "Tessera")
                                .with("version", Version.current())
                                .with(
                                        "description",
                                        "JSON key-values in sessions. docs/clients/ describes the commands.")
                                .with("license", map("name", "Apache-2.0").with("identifier", "Apache-2.0")))
                .with("paths", paths())
                .with("components", map("schemas", schemas()));
    }

    private Schema paths() {
        Schema paths = Schema.any();
        for (Kind kind : Kind.values()) {
            Schema item = Schema.any();
            for (Operation operation : Operation.values()) {
                if (operation.kind() == kind && isServed(operation)) {
                    item = item.with(operation.method().name().toLowerCase(Locale.ROOT), operation(operation));
                }
            }
            if (!item.members().isEmpty()) {
                paths = paths.with(kind.template(), item);
            }
        }
        return paths;
    }

    private boolean isServed(Operation operation) {
        if (operation == Operation.PATCH) {
            return sessions && !patchCommands().isEmpty();
        }
        return (sessions || !operation.kind().hasToken())
                && (operation.command() == null || command(operation.command()) != null);
    }

    private Schema operation(Operation operation) {
        Command command = command(operation.command());
        Schema described = map("operationId", operation.name().toLowerCase(Locale.ROOT))
                .with(
                        "summary",
                        operation.summary() != null
                                ? operation.summary()
                                : Objects.requireNonNull(command).summary());
        if (command != null) {
            described = described.with("description", "The command " + command.name() + ".");
        }
        List<Schema> parameters = parameters(operation, command);
        if (!parameters.isEmpty()) {
            described = described.with("parameters", parameters);
        }
        if (operation.hasBody()) {
            described = described.with("requestBody", map("required", true).with("content", content(operation)));
        }
        return described.with("responses", responses(operation));
    }

    private List<Schema> parameters(Operation operation, @Nullable Command command) {
        List<Schema> parameters = new ArrayList<>();
        if (operation.kind().hasToken()) {
            parameters.add(in("path", TKN, ref(TOKEN)).with("required", true));
        }
        if (operation.kind().hasKey()) {
            parameters.add(in("path", "key", Schema.of("string").example("visits"))
                    .with("required", true)
                    .with("description", "Everything after keys/, percent-encoded. A slash needs no encoding."));
        }
        if (operation == Operation.OPEN) {
            Objects.requireNonNull(command)
                    .parameters()
                    .forEach(parameter -> parameters.add(
                            in("query", parameter.name(), parameter.schema()).with("required", parameter.required())));
        }
        if (operation == Operation.NAMES) {
            pageParameters()
                    .forEach(parameter -> parameters.add(in("query", parameter.name(), parameter.schema())
                            .with(
                                    "description",
                                    "Returns one page by KV_LIST. Link: rel=\"next\" names the next one.")));
        }
        if (operation == Operation.STORE) {
            parameters.add(in("query", CommandWriter.TTL, RequestOptions.TTL_NEW.schema())
                    .with("description", "The seconds that the key lives. Without it, the key lives for ever."));
            parameters.add(in(
                            "header",
                            Precondition.IF_NONE_MATCH,
                            Schema.of("string").with("enum", List.of(Precondition.ANY)))
                    .with("description", "Stores only a key that does not exist."));
        }
        if (operation == Operation.PATCH) {
            parameters.add(in("query", CommandWriter.TTL, RequestOptions.TTL_NEW.schema())
                    .with("description", "The seconds that the key lives. Without it, the key keeps its end."));
            parameters.add(in(
                            "header",
                            Precondition.IF_NONE_MATCH,
                            Schema.of("string").with("enum", List.of(Precondition.ANY)))
                    .with("description", "Creates only a key that does not exist."));
        }
        if (operation == Operation.READ) {
            parameters.add(in("header", Precondition.IF_NONE_MATCH, Schema.of("string"))
                    .with("description", "Entity tags, or *: a key that has one of them is not returned again."));
        }
        if (operation.kind() == Kind.KEY) {
            parameters.add(in("header", Precondition.IF_MATCH, Schema.of("string"))
                    .with("description", "Entity tags, or *: concerns only a key that has one of them, or exists."));
        }
        if (operation != Operation.DESCRIBE) {
            parameters.add(in("query", TKN, Schema.of("string").with("enum", List.of("string")))
                    .with("description", "Returns tokens as strings of digits, and accepts them in commands."));
        }
        return parameters;
    }

    /** Returns the parameters of KV_LIST that a query may contain; none if the command is disabled. */
    private List<Parameter<?>> pageParameters() {
        Command list = command("KV_LIST");
        return list == null
                ? List.of()
                : list.parameters().stream()
                        .filter(parameter -> ListQuery.NAMES.contains(parameter.name()))
                        .toList();
    }

    /** Returns the enabled commands of patches by the content types of their bodies. */
    private Map<BodyType, Command> patchCommands() {
        Map<BodyType, Command> patches = new EnumMap<>(BodyType.class);
        for (BodyType type : BodyType.PATCHES) {
            Command command = command(type == BodyType.MERGE_PATCH ? "KV_MERGE" : "KV_PATCH");
            if (command != null) {
                patches.put(type, command);
            }
        }
        return patches;
    }

    private Schema content(Operation operation) {
        if (operation != Operation.PATCH) {
            return json(bodySchema(operation));
        }
        Schema content = Schema.any();
        for (Map.Entry<BodyType, Command> patch : patchCommands().entrySet()) {
            content = content.with(patch.getKey().text(), map("schema", patchSchema(patch.getKey(), patch.getValue())));
        }
        return content;
    }

    private static Schema patchSchema(BodyType type, Command command) {
        return type == BodyType.MERGE_PATCH
                ? Schema.any()
                        .with("description", "A JSON merge patch (RFC 7396).")
                        .example(Map.of("theme", "dark"))
                : command.parameters().stream()
                        .filter(parameter -> parameter.name().equals(KeysEndpoint.OPERATIONS))
                        .findFirst()
                        .orElseThrow()
                        .schema();
    }

    private Schema bodySchema(Operation operation) {
        return switch (operation) {
            case EXECUTE ->
                map("oneOf", List.of(ref(COMMAND), Schema.of("array").with("items", ref(COMMAND))));
            case STORE -> Schema.any().with("description", "Any JSON value.").example(1);
            default -> parametersOf(Objects.requireNonNull(command(operation.command())));
        };
    }

    private Schema responses(Operation operation) {
        NavigableSet<Integer> statuses = new TreeSet<>(operation.statuses());
        faults(operation)
                .map(HttpStatus::of)
                .filter(status -> status != HttpStatus.OK)
                .forEach(statuses::add);
        if (operation.hasBody()) {
            statuses.add(HttpStatus.TOO_LARGE);
            statuses.add(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        Schema responses = Schema.any();
        for (int status : statuses) {
            Schema response = map("description", Objects.requireNonNull(STATUS_TEXTS.get(status)));
            if (status != HttpStatus.NO_CONTENT && status != HttpStatus.NOT_MODIFIED) {
                response = response.with("content", json(answerSchema(operation, status)));
            }
            if (operation.kind() == Kind.KEY && status < HttpStatus.BAD_REQUEST) {
                response = response.with("headers", map("ETag", map("schema", Schema.of("string"))));
            }
            if (operation == Operation.PATCH && status == HttpStatus.UNSUPPORTED_MEDIA_TYPE) {
                response = response.with(
                        "headers",
                        map(
                                BodyType.ACCEPT_PATCH,
                                map("schema", Schema.of("string").with("const", BodyType.PATCH_TYPES))));
            }
            responses = responses.with(Integer.toString(status), response);
        }
        return responses;
    }

    /** Returns the faults of the commands that an operation executes. */
    private Stream<Status> faults(Operation operation) {
        if (operation == Operation.DESCRIBE) {
            return Stream.empty();
        }
        return Stream.concat(
                Command.COMMON_FAULTS.stream(),
                commands.stream()
                        .filter(command -> operation == Operation.EXECUTE
                                || (operation == Operation.PATCH
                                        ? patchCommands().containsValue(command)
                                        : command.name().equals(operation.command())))
                        .flatMap(command -> command.faults().stream()));
    }

    private static Schema answerSchema(Operation operation, int status) {
        if (status == HttpStatus.OK && operation == Operation.READ) {
            return Schema.any().with("description", "The value.");
        }
        if (status == HttpStatus.OK && operation == Operation.EXECUTE) {
            return map(
                    "oneOf",
                    List.of(
                            ref(ANSWER),
                            Schema.of("array").with("items", map("oneOf", List.of(ref(ANSWER), Schema.of("null"))))));
        }
        return operation == Operation.DESCRIBE ? Schema.of("object") : ref(ANSWER);
    }

    private Schema schemas() {
        Schema schemas = map(
                TOKEN,
                Schema.unsigned()
                        .with(
                                "description",
                                "Identifies a session. Clients whose numbers end at 2^53 ask for"
                                        + " strings with ?tkn=string."));
        for (Command command : commands) {
            schemas = schemas.with(
                    command.name(),
                    Schema.of("object")
                            .with("description", command.summary())
                            .requiring(command.name(), parametersOf(command))
                            .with("additionalProperties", false));
        }
        schemas = schemas.with(
                COMMAND,
                map(
                        "oneOf",
                        commands.stream().map(command -> ref(command.name())).toList()));
        return schemas.with(
                ANSWER,
                Schema.of("object")
                        .with("minProperties", 1)
                        .with("maxProperties", 1)
                        .with(
                                "description",
                                "One member, the name of the command and _RSP, or ERR if no command was found.")
                        .with(
                                "additionalProperties",
                                Schema.of("object")
                                        .allowing(
                                                "st",
                                                Schema.of("integer").with("description", "The protocol's status."))
                                        .allowing(
                                                TKN,
                                                map(
                                                        "oneOf",
                                                        List.of(
                                                                ref(TOKEN),
                                                                Schema.of("string")
                                                                        .with("pattern", "^[0-9]{1,20}$"),
                                                                Schema.of("null"))))
                                        .allowing(
                                                "m",
                                                Schema.of("string")
                                                        .with(
                                                                "description",
                                                                "The reason of a failure, in plain words."))
                                        .allowing(
                                                "rev",
                                                Schema.of("integer")
                                                        .with("description", "The revision of the session."))
                                        .allowing(
                                                "revs",
                                                Schema.of("object")
                                                        .with("additionalProperties", Schema.of("integer"))
                                                        .with("description", "The revision of each key."))
                                        .allowing(
                                                RequestOptions.REQUEST_ID.name(),
                                                RequestOptions.REQUEST_ID
                                                        .schema()
                                                        .with("description", "The rid of the command."))));
    }

    private Schema parametersOf(Command command) {
        Schema object = Schema.of("object");
        if (sessions && command.takesToken()) {
            object = object.requiring(TKN, ref(TOKEN));
        }
        for (Parameter<?> parameter : command.parameters()) {
            object = parameter.required()
                    ? object.requiring(parameter.name(), parameter.schema())
                    : object.allowing(parameter.name(), parameter.schema());
        }
        for (Parameter<?> option : command.options()) {
            object = object.allowing(option.name(), option.schema());
        }
        return object;
    }

    /** Returns the enabled command of this name; null if there is none. */
    private @Nullable Command command(@Nullable String name) {
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Map<Integer, String> statusTexts() {
        Map<Integer, String> texts = new LinkedHashMap<>();
        texts.put(HttpStatus.OK, "Done.");
        texts.put(HttpStatus.CREATED, "Created; it did not exist before.");
        texts.put(HttpStatus.NO_CONTENT, "Done, without an answer.");
        texts.put(HttpStatus.NOT_MODIFIED, "The client has the present value already.");
        texts.put(HttpStatus.BAD_REQUEST, "Not a valid request; nothing was done.");
        texts.put(HttpStatus.FORBIDDEN, "The command is switched off, or not allowed for this client.");
        texts.put(HttpStatus.NOT_FOUND, "No such session or key exists.");
        texts.put(
                HttpStatus.CONFLICT,
                "A shared session of this name exists, a key has another revision, or a test of a patch fails.");
        texts.put(HttpStatus.PRECONDITION_FAILED, "The condition of the request does not hold; nothing was changed.");
        texts.put(HttpStatus.TOO_LARGE, "The body, or the number of its commands, is over the limit.");
        texts.put(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body has a content type that is not accepted.");
        texts.put(
                HttpStatus.UNPROCESSABLE,
                "The request exceeds a limit: the size of the answer, or the cost of a search.");
        texts.put(HttpStatus.INTERNAL_ERROR, "A fault of the server, or an outcome that it cannot know.");
        texts.put(HttpStatus.UNAVAILABLE, "Not done; try again after Retry-After.");
        texts.put(HttpStatus.INSUFFICIENT_STORAGE, "The disk is full.");
        return texts;
    }

    private static Schema in(String place, String name, Schema schema) {
        return map("name", name).with("in", place).with("schema", schema);
    }

    private static Schema json(Schema schema) {
        return map(HttpExchange.JSON, map("schema", schema));
    }

    private static Schema ref(String name) {
        return map("$ref", SCHEMAS + name);
    }

    /** Returns an object of the document. Schemas and other objects have the same type. */
    private static Schema map(String name, Object value) {
        return Schema.any().with(name, value);
    }

    private static Object plain(Object value) {
        if (value instanceof Schema schema) {
            return schema.members().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            member -> plain(member.getValue()),
                            (one, other) -> other,
                            LinkedHashMap::new));
        }
        return value instanceof List<?> list ? list.stream().map(OpenApi::plain).toList() : value;
    }
}
