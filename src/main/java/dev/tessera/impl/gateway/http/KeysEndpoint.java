package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Seconds;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.protocol.Status;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The keys of a session as resources. An operation executes one command, or two in one step. */
final class KeysEndpoint {

    /** The name of the parameter of {@code KV_PATCH} for the operations. */
    static final String OPERATIONS = "ops";

    private static final Fault NO_KEY = new Fault(Status.KEY_NOT_EXIST, HttpMessages.NO_KEY);
    private static final String NOT_EXIST = Integer.toString(Status.KEY_NOT_EXIST.code());
    private static final byte[] ST = CommandWriter.ascii("st");
    private static final byte[] REVISIONS = CommandWriter.ascii("revs");
    private static final byte[] NEXT = CommandWriter.ascii("next");
    private static final byte[] TRUE = CommandWriter.ascii("true");
    private static final String LINK = "Link";
    /** The revision of a key that does not exist. */
    private static final long ABSENT = 0;
    /** A revision that no key has, as a condition whose failure tells the revision of the key. */
    private static final long UNKNOWN = 1;
    /** The most further attempts to merge into a key that must exist, if others change it during each of them. */
    private static final int MERGE_REPEATS_MAX = 10;

    private final CommandIntake intake;
    private final CommandWriter commands;
    private final AnswerReader reader;
    private final JsonBody body;

    KeysEndpoint(CommandIntake intake, int depthMax) {
        this.intake = intake;
        this.commands = new CommandWriter(intake);
        this.reader = new AnswerReader(depthMax);
        this.body = new JsonBody(depthMax);
    }

    /** Executes {@code KV_LIST}. The header {@code Link} names the next page. */
    void list(HttpExchange exchange, String token, ListQuery query) {
        JsonWriter command = commands.command("KV_LIST", token);
        query.writeTo(command);
        execute(
                exchange,
                answers -> {
                    Slice position = reader.member(answers[0], NEXT);
                    if (HttpStatus.of(answers[0]) == HttpStatus.OK && position != null) {
                        // The text between its quotes needs no escapes.
                        String next = position.toString().substring(1, position.length() - 1);
                        String path = exchange.request().path();
                        exchange.header(
                                LINK,
                                "<" + path + "?" + query.next(next, exchange.hasTokensAsStrings()) + ">; rel=\"next\"");
                    }
                    exchange.answer(answers[0]);
                },
                command.mark('}'));
    }

    /** Executes {@code KV_GET}. The revision tells whether the key exists, because {@code null} may be a value. */
    void read(HttpExchange exchange, String token, String key) {
        Request get = commands.decode(CommandWriter.revisions(commands.commandOnKey("KV_GET", token, key))
                .mark('}'));
        execute(exchange, List.of(get), answers -> {
            if (HttpStatus.of(answers[0]) != HttpStatus.OK) {
                exchange.answer(answers[0]);
                return;
            }
            long revision = AnswerReader.lastNumber(answers[0]);
            if (revision == 0) {
                exchange.answer(HttpStatus.NOT_FOUND, intake.fault(get, NO_KEY));
            } else {
                exchange.value(revision, onlyValue(answers[0]).copy());
            }
        });
    }

    /**
     * Executes {@code KV_SET}, with a condition if the key must have one of some revisions; {@code KV_ADD} if it must
     * be new; {@code KV_UPDATE} of the whole value if it must exist.
     */
    void store(HttpExchange exchange, String token, String key, @Nullable String ttl, byte[] json) {
        if (!body.check(exchange, json) || !isTtl(exchange, ttl)) {
            return;
        }
        switch (Precondition.of(exchange.request().headers())) {
            case ABSENT -> store(exchange, "KV_ADD", token, key, ttl, json);
            case PRESENT -> replace(exchange, token, key, ttl, json);
            default -> store(exchange, "KV_SET", token, key, ttl, json);
        }
    }

    private static boolean isTtl(HttpExchange exchange, @Nullable String ttl) {
        boolean valid = ttl == null || Seconds.isValid(ttl.getBytes(StandardCharsets.UTF_8));
        if (!valid) {
            exchange.refuse(
                    HttpStatus.BAD_REQUEST,
                    Status.VALUE_TYPE_INVALID,
                    Messages.wrongType(CommandWriter.TTL, Seconds.FORM));
        }
        return valid;
    }

    private void store(
            HttpExchange exchange, String commandName, String token, String key, @Nullable String ttl, byte[] json) {
        change(
                exchange,
                revision -> {
                    JsonWriter command = commands.commandOnEntry(commandName, token, key, json);
                    if (ttl != null) {
                        CommandWriter.ttl(command, ttl);
                    }
                    return List.of(
                            commands.decode(CommandWriter.condition(CommandWriter.revisions(command), key, revision)
                                    .mark('}')));
                },
                answers -> {
                    if (HttpStatus.of(answers[0]) == HttpStatus.OK) {
                        answerChange(exchange, stored(onlyValue(answers[0])), answers[0]);
                    } else {
                        exchange.answer(answers[0]);
                    }
                });
    }

    /** Replaces a value. An update keeps the end of the key unless it states one, so it always states one here. */
    private void replace(HttpExchange exchange, String token, String key, @Nullable String ttl, byte[] json) {
        JsonWriter command = commands.command("KV_UPDATE", token)
                .raw(CommandWriter.ascii(",\"key\":"))
                .string(key)
                .raw(CommandWriter.ascii(",\"path\":\"$\",\"value\":"))
                .raw(json);
        CommandWriter.ttl(command, ttl == null ? "0" : ttl);
        execute(
                exchange,
                answers -> {
                    if (HttpStatus.of(answers[0]) == HttpStatus.OK) {
                        Slice code = reader.member(answers[0], ST);
                        boolean absent = code != null && code.toString().equals(NOT_EXIST);
                        int status = absent ? HttpStatus.PRECONDITION_FAILED : HttpStatus.OK;
                        answerChange(exchange, status, answers[0]);
                    } else {
                        exchange.answer(answers[0]);
                    }
                },
                CommandWriter.revisions(command).mark('}'));
    }

    /**
     * Executes {@code KV_MERGE} or {@code KV_PATCH}. The entity tag is the revision after it. {@code SH_INFO} in the
     * same step tells the one before: if they are equal, the patch changed nothing, and the key keeps its tag.
     */
    void patch(HttpExchange exchange, String token, String key, BodyType type, @Nullable String ttl, byte[] json) {
        if (!body.check(exchange, json) || !isTtl(exchange, ttl)) {
            return;
        }
        KeyChange change = revision -> {
            JsonWriter info = CommandWriter.revisions(commands.command("SH_INFO", token));
            Request before = commands.decode(info.mark('}'));
            JsonWriter command = type == BodyType.MERGE_PATCH
                    ? commands.commandOnEntry("KV_MERGE", token, key, json)
                    : patch(token, key, json);
            if (ttl != null) {
                CommandWriter.ttl(command, ttl);
            }
            return List.of(
                    before,
                    commands.decode(CommandWriter.condition(CommandWriter.revisions(command), key, revision)
                            .mark('}')));
        };
        Precondition precondition = Precondition.of(exchange.request().headers());
        Consumer<byte[][]> onAnswered =
                answers -> answerPatch(exchange, answers[0], answers[1], precondition == Precondition.PRESENT);
        if (precondition == Precondition.ABSENT) {
            changeIf(exchange, change, ABSENT, revision -> false, 0, onAnswered);
        } else if (precondition == Precondition.PRESENT && type == BodyType.MERGE_PATCH) {
            changeIf(exchange, change, UNKNOWN, revision -> revision != ABSENT, MERGE_REPEATS_MAX, onAnswered);
        } else {
            change(exchange, change, onAnswered);
        }
    }

    private JsonWriter patch(String token, String key, byte[] json) {
        return commands.command("KV_PATCH", token)
                .raw(CommandWriter.ascii(",\"key\":"))
                .string(key)
                .mark(',')
                .string(OPERATIONS)
                .mark(':')
                .raw(json);
    }

    private void answerPatch(HttpExchange exchange, byte[] info, byte[] answer, boolean mustExist) {
        if (mustExist && AnswerStatus.of(answer, 0) == Status.KEY_NOT_EXIST.code()) {
            exchange.answer(HttpStatus.PRECONDITION_FAILED, answer);
        } else if (HttpStatus.of(answer) != HttpStatus.OK) {
            exchange.answer(answer);
        } else {
            Slice keyStatus = reader.keyValue(answer);
            int status = keyStatus == null ? HttpStatus.OK : stored(keyStatus);
            boolean changed = HttpStatus.of(info) == HttpStatus.OK
                    && AnswerReader.lastNumber(info) != AnswerReader.lastNumber(answer);
            if (changed) {
                exchange.header(HttpHeaders.ETAG, EntityTags.of(AnswerReader.lastNumber(answer)));
            }
            exchange.answer(status, AnswerReader.withoutRevision(answer));
        }
    }

    private Slice onlyValue(byte[] answer) {
        return Objects.requireNonNull(reader.keyValue(answer), "the answer has no key");
    }

    private static int stored(Slice keyStatus) {
        int code = Integer.parseInt(keyStatus.toString());
        return code == Status.KEY_SET.code()
                ? HttpStatus.CREATED
                : code == Status.KEY_EXISTS.code() ? HttpStatus.PRECONDITION_FAILED : HttpStatus.OK;
    }

    /** Executes {@code KV_RMV} after {@code KV_CONTAINS}, because its answer has no status for a key named tkn. */
    void remove(HttpExchange exchange, String token, String key) {
        change(
                exchange,
                revision -> List.of(
                        commands.decode(
                                commands.commandOnKey("KV_CONTAINS", token, key).mark('}')),
                        commands.decode(CommandWriter.condition(
                                        CommandWriter.revisions(commands.commandOnKey("KV_RMV", token, key)),
                                        key,
                                        revision)
                                .mark('}'))),
                answers -> {
                    if (HttpStatus.of(answers[1]) != HttpStatus.OK) {
                        exchange.answer(answers[1]);
                    } else if (HttpStatus.of(answers[0]) != HttpStatus.OK) {
                        exchange.answer(answers[0]);
                    } else if (onlyValue(answers[0]).contentEquals(TRUE)) {
                        exchange.header(HttpHeaders.ETAG, EntityTags.of(AnswerReader.lastNumber(answers[1])));
                        exchange.empty(HttpStatus.NO_CONTENT);
                    } else {
                        Request remove = commands.decode(
                                commands.commandOnKey("KV_RMV", token, key).mark('}'));
                        exchange.answer(HttpStatus.NOT_FOUND, intake.fault(remove, NO_KEY));
                    }
                });
    }

    // Changes of a key

    /** Builds the commands of a change of one key, of which the last one changes it. */
    private interface KeyChange {

        /**
         * Returns the commands under the condition that the key has a revision; {@link CommandWriter#ANY} is no
         * condition.
         */
        List<Request> requests(long revision);
    }

    /** Executes a change of a key, if the key has one of the revisions that the request names. */
    private void change(HttpExchange exchange, KeyChange change, Consumer<byte[][]> onAnswered) {
        MultiMap headers = exchange.request().headers();
        if (Precondition.of(headers) == Precondition.TAGGED) {
            EntityTags tags = Precondition.matching(headers);
            // A third attempt would be useless: the client cannot know a revision that came after the request.
            changeIf(exchange, change, tags.revisions().get(0), tags::match, 1, onAnswered);
        } else {
            execute(exchange, change.requests(CommandWriter.ANY), onAnswered);
        }
    }

    /**
     * Executes a change of a key with this revision. If the key has another one that is accepted, it repeats the change
     * with it. The test of a patch may conflict, too; such an answer has no revisions.
     *
     * @param accepted returns whether the key may have a revision
     */
    private void changeIf(
            HttpExchange exchange,
            KeyChange change,
            long revision,
            LongPredicate accepted,
            int repeatsMax,
            Consumer<byte[][]> onAnswered) {
        execute(exchange, change.requests(revision), answers -> {
            byte[] last = answers[answers.length - 1];
            if (HttpStatus.of(last) != HttpStatus.CONFLICT || reader.member(last, REVISIONS) == null) {
                onAnswered.accept(answers);
                return;
            }
            long present = AnswerReader.lastNumber(last);
            if (!accepted.test(present)) {
                exchange.answer(HttpStatus.PRECONDITION_FAILED, last);
            } else if (repeatsMax > 0) {
                changeIf(exchange, change, present, accepted, repeatsMax - 1, onAnswered);
            } else {
                exchange.answer(last);
            }
        });
    }

    /** Responds with the answer of an executed change without its member {@code rev}, which the entity tag repeats. */
    private static void answerChange(HttpExchange exchange, int status, byte[] answer) {
        if (status < HttpStatus.BAD_REQUEST) {
            exchange.header(HttpHeaders.ETAG, EntityTags.of(AnswerReader.lastNumber(answer)));
        }
        exchange.answer(status, AnswerReader.withoutRevision(answer));
    }

    private void execute(HttpExchange exchange, Consumer<byte[][]> onAnswered, JsonWriter command) {
        execute(exchange, List.of(commands.decode(command)), onAnswered);
    }

    /** Executes commands on one session in one batch, so that no other command comes between them. */
    private void execute(HttpExchange exchange, List<Request> requests, Consumer<byte[][]> onAnswered) {
        Execution.startUndivided(intake, exchange, requests, onAnswered);
    }
}
