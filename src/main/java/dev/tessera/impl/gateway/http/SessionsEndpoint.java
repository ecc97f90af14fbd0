package dev.tessera.impl.gateway.http;

import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.routing.CommandIntake;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sessions as resources. Each operation executes one command. */
final class SessionsEndpoint {

    private static final byte[] TKN = CommandWriter.ascii("tkn");
    private static final byte[] NEW = CommandWriter.ascii("new");
    private static final byte[] FALSE = CommandWriter.ascii("false");

    private final CommandIntake intake;
    private final CommandWriter commands;
    private final AnswerReader reader;
    private final JsonBody body;

    SessionsEndpoint(CommandIntake intake, int depthMax) {
        this.intake = intake;
        this.commands = new CommandWriter(intake);
        this.reader = new AnswerReader(depthMax);
        this.body = new JsonBody(depthMax);
    }

    /** Executes {@code SH_NEW} with the body as its parameters. */
    void create(HttpExchange exchange, byte[] parameters) {
        if (!body.check(exchange, parameters)) {
            return;
        }
        execute(
                exchange,
                answers -> {
                    if (HttpStatus.of(answers[0]) != HttpStatus.OK) {
                        exchange.answer(answers[0]);
                        return;
                    }
                    Slice token = token(answers[0]);
                    if (token == null) {
                        exchange.answer(HttpStatus.CONFLICT, answers[0]);
                    } else {
                        exchange.header(HttpHeaders.LOCATION, Resource.Kind.SESSIONS.template() + "/" + token);
                        Slice made = reader.member(answers[0], NEW);
                        boolean opened = made != null && made.contentEquals(FALSE);
                        exchange.answer(opened ? HttpStatus.OK : HttpStatus.CREATED, answers[0]);
                    }
                },
                commands.command("SH_NEW").raw(parameters));
    }

    /** Executes {@code SH_OPEN}. Without a name the protocol refuses it. */
    void open(HttpExchange exchange, @Nullable String sessionName) {
        JsonWriter command = commands.command("SH_OPEN").mark('{');
        if (sessionName != null) {
            command.raw(CommandWriter.ascii("\"name\":")).string(sessionName);
        }
        execute(
                exchange,
                answers -> {
                    int status = HttpStatus.of(answers[0]);
                    boolean found = token(answers[0]) != null;
                    exchange.answer(status == HttpStatus.OK && !found ? HttpStatus.NOT_FOUND : status, answers[0]);
                },
                command.mark('}'));
    }

    /** Executes {@code SH_INFO}. */
    void describe(HttpExchange exchange, String token) {
        execute(
                exchange,
                answers -> exchange.answer(answers[0]),
                commands.command("SH_INFO", token).mark('}'));
    }

    /** Executes {@code SH_END}. */
    void end(HttpExchange exchange, String token) {
        execute(
                exchange,
                answers -> answerUnlessDone(exchange, answers[0]),
                commands.command("SH_END", token).mark('}'));
    }

    /** Executes {@code KV_KEYS}. */
    void names(HttpExchange exchange, String token) {
        execute(
                exchange,
                answers -> exchange.answer(answers[0]),
                commands.command("KV_KEYS", token).mark('}'));
    }

    private static void answerUnlessDone(HttpExchange exchange, byte[] answer) {
        if (HttpStatus.of(answer) == HttpStatus.OK) {
            exchange.empty(HttpStatus.NO_CONTENT);
        } else {
            exchange.answer(answer);
        }
    }

    private void execute(HttpExchange exchange, Consumer<byte[][]> onAnswered, JsonWriter command) {
        Execution.startUndivided(intake, exchange, List.of(commands.decode(command)), onAnswered);
    }

    /** Returns the token of an answer; null if it has none. */
    private @Nullable Slice token(byte[] answer) {
        Slice token = reader.member(answer, TKN);
        return token != null && Unsigned.isUnsigned(answer, token.from(), token.to()) ? token : null;
    }
}
