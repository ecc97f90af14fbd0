package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Utf8;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The endpoint {@code POST /v1/commands}. A body is one command, or an array of commands that fail one by one. */
final class CommandsEndpoint {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int CAPACITY_KEPT_BYTES = 64 * 1024;

    private final CommandIntake intake;
    private final int batchMax;
    private final TokenStringRewriter tokenStringRewriter;
    /** Allows one level more than a command has, for the array around the commands. */
    private final JsonScanner scanner;

    private final JsonWriter out = new JsonWriter();

    CommandsEndpoint(CommandIntake intake, int batchMax, int depthMax, TokenStringRewriter tokenStringRewriter) {
        this.intake = intake;
        this.batchMax = batchMax;
        this.tokenStringRewriter = tokenStringRewriter;
        this.scanner = new JsonScanner(depthMax + 1);
    }

    /** Executes the commands of a body. */
    void execute(HttpExchange exchange, byte[] body) {
        scanner.reset(body, 0, body.length);
        if (scanner.peek() == '[') {
            executeBatch(exchange, body);
        } else {
            Execution.start(
                    intake,
                    exchange,
                    List.of(decode(exchange, body, 0, body.length)),
                    answers -> exchange.answer(answers[0]));
        }
    }

    private void executeBatch(HttpExchange exchange, byte[] body) {
        List<Slice> commands;
        try {
            commands = split();
        } catch (JsonException e) {
            Fault fault = notJson(body, e);
            exchange.refuse(HttpStatus.BAD_REQUEST, fault.status(), fault.message());
            return;
        }
        if (commands.size() > batchMax) {
            exchange.refuse(HttpStatus.TOO_LARGE, Status.LIMIT_EXCEEDED, HttpMessages.batchTooLong(batchMax));
        } else if (commands.isEmpty()) {
            exchange.json(HttpStatus.OK, array(exchange, new byte[0][]));
        } else {
            List<Request> requests = new ArrayList<>(commands.size());
            for (Slice command : commands) {
                requests.add(decode(exchange, body, command.from(), command.to()));
            }
            Execution.start(
                    intake, exchange, requests, answers -> exchange.json(HttpStatus.OK, array(exchange, answers)));
        }
    }

    /** Validates the array, and returns its elements, but at most one more than the limit. */
    private List<Slice> split() {
        scanner.enter();
        List<Slice> commands = new ArrayList<>();
        for (boolean first = true; scanner.element(first); first = false) {
            Slice command = new Slice();
            scanner.value(command);
            if (commands.size() <= batchMax) {
                commands.add(command);
            }
        }
        scanner.expectEnd();
        return commands;
    }

    private Request decode(HttpExchange exchange, byte[] text, int from, int to) {
        if (exchange.hasTokensAsStrings()) {
            tokenStringRewriter.acceptIn(text, from, to);
        }
        return intake.decode(text, from, to);
    }

    private byte[] array(HttpExchange exchange, byte[][] answers) {
        out.mark('[');
        for (int i = 0; i < answers.length; i++) {
            if (i > 0) {
                out.mark(',');
            }
            out.raw(answers[i].length == 0 ? NULL : exchange.withTokens(answers[i]));
        }
        return out.mark(']').take(CAPACITY_KEPT_BYTES);
    }

    /** Returns the fault of a text that is not JSON, in the decoder's words. */
    static Fault notJson(byte[] text, JsonException e) {
        return new Fault(
                Status.JSON_INVALID,
                Utf8.isWellFormed(text, 0, text.length)
                        ? Messages.notJson(Objects.requireNonNull(e.getMessage()), e.position())
                        : Messages.NOT_UTF8);
    }
}
