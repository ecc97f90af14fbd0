package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.AnswerScanner;
import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.parameter.Seconds;
import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.protocol.Status;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and their keys as resources. Each operation writes its command and passes it to the decoder, so that checks
 * and messages are the protocol's.
 */
final class SessionsEndpoint {

    /** The name of the parameter for the time to live, in queries and commands. */
    static final String TTL = RequestOptions.TTL.name();

    /** The name of the parameter of {@code KV_PATCH} for the operations. */
    static final String OPERATIONS = "ops";

    private static final Fault NO_KEY = new Fault(Status.KEY_NOT_EXIST, HttpMessages.NO_KEY);
    private static final byte[] TKN = ascii("tkn");
    private static final byte[] ST = ascii("st");
    private static final byte[] KEYS = ascii("keys");
    private static final byte[] REVISIONS = ascii("revs");
    private static final byte[] NEXT = ascii("next");
    private static final byte[] NULL = ascii("null");
    private static final String LINK = "Link";
    private static final byte[] REVISION_MEMBER = ascii(",\"rev\":");
    private static final byte[] ANSWER_END = ascii("}}");
    /** In place of a revision, if a key may have any, or not exist. */
    private static final long ANY = -1;
    /** The revision of a key that does not exist. */
    private static final long ABSENT = 0;
    /** A revision that no key has, as a condition whose failure tells the revision of the key. */
    private static final long UNKNOWN = 1;
    /** The most further attempts to merge into a key that must exist, if others change it during each of them. */
    private static final int MERGE_REPEATS_MAX = 10;

    private static final int CAPACITY_KEPT_BYTES = 64 * 1024;
    /** Lets bodies that are too deep pass the first check, so that the decoder refuses them as it refuses commands. */
    private static final int DEPTH_MARGIN = 8;

    private final CommandIntake intake;
    private final JsonScanner scanner;
    private final AnswerScanner answerScanner;
    private final Slice value = new Slice();
    private final JsonWriter out = new JsonWriter();

    SessionsEndpoint(CommandIntake intake, int depthMax) {
        this.intake = intake;
        this.scanner = new JsonScanner(depthMax + DEPTH_MARGIN);
        this.answerScanner = new AnswerScanner(depthMax);
    }

    /** Executes {@code SH_NEW} with the body as its parameters. */
    void create(HttpExchange exchange, byte[] body) {
        if (!isJson(exchange, body)) {
            return;
        }
        execute(
                exchange,
                answers -> {
                    if (HttpStatus.of(answers[0]) != HttpStatus.OK) {
                        exchange.answer(answers[0]);
                    } else if (member(answers[0], TKN) && Unsigned.isUnsigned(answers[0], value.from(), value.to())) {
                        exchange.header(HttpHeaders.LOCATION, Resource.Kind.SESSIONS.template() + "/" + value);
                        exchange.answer(HttpStatus.CREATED, answers[0]);
                    } else {
                        exchange.answer(HttpStatus.CONFLICT, answers[0]);
                    }
                },
                command("SH_NEW").raw(body));
    }

    /** Executes {@code SH_OPEN}. Without a name the protocol refuses it. */
    void open(HttpExchange exchange, @Nullable String sessionName) {
        JsonWriter command = command("SH_OPEN").mark('{');
        if (sessionName != null) {
            command.raw(ascii("\"name\":")).string(sessionName);
        }
        execute(
                exchange,
                answers -> {
                    boolean found =
                            member(answers[0], TKN) && Unsigned.isUnsigned(answers[0], value.from(), value.to());
                    int status = HttpStatus.of(answers[0]);
                    exchange.answer(status == HttpStatus.OK && !found ? HttpStatus.NOT_FOUND : status, answers[0]);
                },
                command.mark('}'));
    }

    /** Executes {@code SH_INFO}. */
    void describe(HttpExchange exchange, String token) {
        execute(
                exchange,
                answers -> exchange.answer(answers[0]),
                command("SH_INFO", token).mark('}'));
    }

    /** Executes {@code SH_END}. */
    void end(HttpExchange exchange, String token) {
        execute(
                exchange,
                answers -> answerUnlessDone(exchange, answers[0]),
                command("SH_END", token).mark('}'));
    }

    /** Executes {@code KV_KEYS}. */
    void names(HttpExchange exchange, String token) {
        execute(
                exchange,
                answers -> exchange.answer(answers[0]),
                command("KV_KEYS", token).mark('}'));
    }

    /** Executes {@code KV_LIST}. The header {@code Link} names the next page. */
    void list(HttpExchange exchange, String token, ListQuery query) {
        JsonWriter command = command("KV_LIST", token);
        query.writeTo(command);
        execute(
                exchange,
                answers -> {
                    if (HttpStatus.of(answers[0]) == HttpStatus.OK && member(answers[0], NEXT)) {
                        // The text between its quotes needs no escapes.
                        String next = value.toString().substring(1, value.length() - 1);
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
        Request get = decode(revisions(keys(command("KV_GET", token), key)).mark('}'));
        execute(exchange, List.of(get), answers -> {
            if (HttpStatus.of(answers[0]) != HttpStatus.OK) {
                exchange.answer(answers[0]);
                return;
            }
            long revision = lastNumber(answers[0]);
            if (revision == 0) {
                exchange.answer(HttpStatus.NOT_FOUND, intake.fault(get, NO_KEY));
            } else {
                exchange.value(revision, keyValue(answers[0]).copy());
            }
        });
    }

    /**
     * Executes {@code KV_SET}, with a condition if the key must have one of some revisions; {@code KV_ADD} if it must
     * be new; {@code KV_UPDATE} of the whole value if it must exist.
     */
    void store(HttpExchange exchange, String token, String key, @Nullable String ttl, byte[] json) {
        if (!isJson(exchange, json) || !isTtl(exchange, ttl)) {
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
            exchange.refuse(HttpStatus.BAD_REQUEST, Status.VALUE_TYPE_INVALID, Messages.wrongType(TTL, Seconds.FORM));
        }
        return valid;
    }

    private void store(
            HttpExchange exchange, String commandName, String token, String key, @Nullable String ttl, byte[] json) {
        change(
                exchange,
                revision -> {
                    JsonWriter command = command(commandName, token)
                            .raw(ascii(",\"keys\":{"))
                            .string(key)
                            .mark(':')
                            .raw(json)
                            .mark('}');
                    if (ttl != null) {
                        ttl(command, ttl);
                    }
                    return List.of(
                            decode(condition(revisions(command), key, revision).mark('}')));
                },
                answers -> {
                    if (HttpStatus.of(answers[0]) == HttpStatus.OK) {
                        int status =
                                stored(Integer.parseInt(keyValue(answers[0]).toString()));
                        answerChange(exchange, status, answers[0]);
                    } else {
                        exchange.answer(answers[0]);
                    }
                });
    }

    /** Replaces a value. An update keeps the end of the key unless it states one, so it always states one here. */
    private void replace(HttpExchange exchange, String token, String key, @Nullable String ttl, byte[] json) {
        JsonWriter command = command("KV_UPDATE", token)
                .raw(ascii(",\"key\":"))
                .string(key)
                .raw(ascii(",\"path\":\"$\",\"value\":"))
                .raw(json);
        ttl(command, ttl == null ? "0" : ttl);
        execute(
                exchange,
                answers -> {
                    if (HttpStatus.of(answers[0]) == HttpStatus.OK) {
                        boolean absent = member(answers[0], ST)
                                && Integer.parseInt(value.toString()) == Status.KEY_NOT_EXIST.code();
                        int status = absent ? HttpStatus.PRECONDITION_FAILED : HttpStatus.OK;
                        answerChange(exchange, status, answers[0]);
                    } else {
                        exchange.answer(answers[0]);
                    }
                },
                revisions(command).mark('}'));
    }

    /**
     * Executes {@code KV_MERGE} or {@code KV_PATCH}. The entity tag is the revision after it. {@code SH_INFO} in the
     * same step tells the one before: if they are equal, the patch changed nothing, and the key keeps its tag.
     */
    void patch(HttpExchange exchange, String token, String key, BodyType type, @Nullable String ttl, byte[] json) {
        if (!isJson(exchange, json) || !isTtl(exchange, ttl)) {
            return;
        }
        KeyChange change = revision -> {
            JsonWriter info = revisions(command("SH_INFO", token));
            Request before = decode(info.mark('}'));
            JsonWriter command = type == BodyType.MERGE_PATCH ? merge(token, key, json) : patch(token, key, json);
            if (ttl != null) {
                ttl(command, ttl);
            }
            return List.of(
                    before, decode(condition(revisions(command), key, revision).mark('}')));
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

    private JsonWriter merge(String token, String key, byte[] json) {
        return command("KV_MERGE", token)
                .raw(ascii(",\"keys\":{"))
                .string(key)
                .mark(':')
                .raw(json)
                .mark('}');
    }

    private JsonWriter patch(String token, String key, byte[] json) {
        return command("KV_PATCH", token)
                .raw(ascii(",\"key\":"))
                .string(key)
                .mark(',')
                .string(OPERATIONS)
                .mark(':')
                .raw(json);
    }

    private void answerPatch(HttpExchange exchange, byte[] info, byte[] answer, boolean mustExist) {
        if (HttpStatus.of(answer) != HttpStatus.OK) {
            exchange.answer(answer);
        } else if (AnswerStatus.of(answer, 0) == Status.KEY_NOT_EXIST.code()) {
            exchange.answer(mustExist ? HttpStatus.PRECONDITION_FAILED : HttpStatus.NOT_FOUND, answer);
        } else {
            int status = member(answer, KEYS)
                    ? stored(Integer.parseInt(keyValue(answer).toString()))
                    : HttpStatus.OK;
            boolean changed = HttpStatus.of(info) != HttpStatus.OK || lastNumber(info) != lastNumber(answer);
            if (changed) {
                exchange.header(HttpHeaders.ETAG, EntityTags.of(lastNumber(answer)));
            }
            exchange.answer(status, withoutRevision(answer));
        }
    }

    private static int stored(int keyStatus) {
        return keyStatus == Status.KEY_SET.code()
                ? HttpStatus.CREATED
                : keyStatus == Status.KEY_EXISTS.code() ? HttpStatus.PRECONDITION_FAILED : HttpStatus.OK;
    }

    /** Executes {@code KV_RMV} after {@code KV_CONTAINS}, because its answer has no status for a key named tkn. */
    void remove(HttpExchange exchange, String token, String key) {
        change(
                exchange,
                revision -> List.of(
                        decode(keys(command("KV_CONTAINS", token), key).mark('}')),
                        decode(condition(revisions(keys(command("KV_RMV", token), key)), key, revision)
                                .mark('}'))),
                answers -> {
                    if (HttpStatus.of(answers[1]) != HttpStatus.OK) {
                        exchange.answer(answers[1]);
                    } else if (HttpStatus.of(answers[0]) != HttpStatus.OK) {
                        exchange.answer(answers[0]);
                    } else if (keyValue(answers[0]).toString().equals("true")) {
                        exchange.header(HttpHeaders.ETAG, EntityTags.of(lastNumber(answers[1])));
                        exchange.empty(HttpStatus.NO_CONTENT);
                    } else {
                        Request remove =
                                decode(keys(command("KV_RMV", token), key).mark('}'));
                        exchange.answer(HttpStatus.NOT_FOUND, intake.fault(remove, NO_KEY));
                    }
                });
    }

    // Changes of a key

    /** Builds the commands of a change of one key, of which the last one changes it. */
    private interface KeyChange {

        /** Returns the commands under the condition that the key has a revision; {@link #ANY} is no condition. */
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
            execute(exchange, change.requests(ANY), onAnswered);
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
            if (HttpStatus.of(last) != HttpStatus.CONFLICT || !member(last, REVISIONS)) {
                onAnswered.accept(answers);
                return;
            }
            long present = lastNumber(last);
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
            exchange.header(HttpHeaders.ETAG, EntityTags.of(lastNumber(answer)));
        }
        exchange.answer(status, withoutRevision(answer));
    }

    private static byte[] withoutRevision(byte[] answer) {
        int end = lastNumberFrom(answer, lastNumberTo(answer)) - REVISION_MEMBER.length;
        byte[] plain = Arrays.copyOf(answer, end + ANSWER_END.length);
        System.arraycopy(ANSWER_END, 0, plain, end, ANSWER_END.length);
        return plain;
    }

    private static void answerUnlessDone(HttpExchange exchange, byte[] answer) {
        if (HttpStatus.of(answer) == HttpStatus.OK) {
            exchange.empty(HttpStatus.NO_CONTENT);
        } else {
            exchange.answer(answer);
        }
    }

    // Commands

    private JsonWriter command(String commandName) {
        return out.mark('{').string(commandName).mark(':');
    }

    /** Writes a command up to its token. A wrong token becomes null, and the decoder refuses it. */
    private JsonWriter command(String commandName, String token) {
        byte[] digits = token.getBytes(StandardCharsets.UTF_8);
        return command(commandName)
                .raw(ascii("{\"tkn\":"))
                .raw(Unsigned.isUnsigned(digits, 0, digits.length) ? digits : NULL);
    }

    private JsonWriter keys(JsonWriter command, String key) {
        return command.raw(ascii(",\"keys\":[")).string(key).mark(']');
    }

    /** Lets the answer of a command end with the revision of its one key, or of the session. */
    private static JsonWriter revisions(JsonWriter command) {
        return command.raw(ascii(",\"revs\":true"));
    }

    private static void ttl(JsonWriter command, String seconds) {
        command.mark(',').string(TTL).mark(':').raw(ascii(seconds));
    }

    private static JsonWriter condition(JsonWriter command, String key, long revision) {
        return revision == ANY
                ? command
                : command.raw(ascii(",\"if\":{"))
                        .string(key)
                        .mark(':')
                        .unsigned(revision)
                        .mark('}');
    }

    /** Ends a command and decodes it. */
    private Request decode(JsonWriter command) {
        byte[] text = command.mark('}').take(CAPACITY_KEPT_BYTES);
        return intake.decode(text, 0, text.length);
    }

    private void execute(HttpExchange exchange, Consumer<byte[][]> onAnswered, JsonWriter command) {
        execute(exchange, List.of(decode(command)), onAnswered);
    }

    /** Executes commands on one session in one batch, so that no other command comes between them. */
    private void execute(HttpExchange exchange, List<Request> requests, Consumer<byte[][]> onAnswered) {
        Execution.startUndivided(intake, exchange, requests, onAnswered);
    }

    /** Checks a body alone before it becomes a part of a command; answers if it is not JSON. */
    private boolean isJson(HttpExchange exchange, byte[] body) {
        scanner.reset(body, 0, body.length);
        try {
            scanner.skipValue();
            scanner.expectEnd();
            return true;
        } catch (JsonException e) {
            Fault fault = CommandsEndpoint.notJson(body, e);
            exchange.refuse(HttpStatus.BAD_REQUEST, fault.status(), fault.message());
            return false;
        }
    }

    // Answers

    /** Puts the value of a member of an answer into {@link #value}; returns whether the answer has this member. */
    private boolean member(byte[] answer, byte[] wanted) {
        return answerScanner.find(answer, wanted, value);
    }

    /** Returns the value of the only key of an executed command on one key; valid until the next call. */
    private Slice keyValue(byte[] answer) {
        member(answer, KEYS);
        answerScanner.enterFirst(value);
        return value;
    }

    /** Returns the number with which an answer ends, before its braces. */
    private static long lastNumber(byte[] answer) {
        int to = lastNumberTo(answer);
        return Unsigned.parse(answer, lastNumberFrom(answer, to), to);
    }

    private static int lastNumberTo(byte[] answer) {
        int to = answer.length;
        while (answer[to - 1] == '}') {
            to--;
        }
        return to;
    }

    private static int lastNumberFrom(byte[] answer, int to) {
        int from = to;
        while (answer[from - 1] >= '0' && answer[from - 1] <= '9') {
            from--;
        }
        return from;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
