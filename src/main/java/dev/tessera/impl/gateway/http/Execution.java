package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The commands of one HTTP request. It submits them in their order, even if some fail, and hands over the answers when
 * all have come. Thread: the gateway's event loop.
 */
final class Execution implements ReplySink {

    private static final LimitedLog FAILED = LimitedLog.error(
            Execution.class, "A command could not be handled; this is a fault of the server, please report it");

    private final HttpExchange exchange;
    private final HttpPeer peer;
    private final byte[][] answers;
    private final boolean undivided;
    private final Consumer<byte[][]> onAnswered;
    private int left;
    private long bytes;
    private boolean tooLarge;

    private Execution(HttpExchange exchange, int count, boolean undivided, Consumer<byte[][]> onAnswered) {
        this.exchange = exchange;
        this.peer = exchange.peer();
        this.answers = new byte[count][];
        this.undivided = undivided;
        this.onAnswered = onAnswered;
        this.left = count;
    }

    /**
     * Executes commands as soon as the connection's limit of commands in flight allows it. If the answers are too large
     * together, the client gets an error instead.
     *
     * @param requests at least one; a request with a fault is answered with this fault
     * @param onAnswered receives the answers in the order of the commands; an empty answer means silence
     */
    static void start(
            CommandIntake intake, HttpExchange exchange, List<Request> requests, Consumer<byte[][]> onAnswered) {
        start(intake, exchange, requests, false, onAnswered);
    }

    /** Executes a few commands on one session, so that no other command comes between them; as {@link #start}. */
    static void startUndivided(
            CommandIntake intake, HttpExchange exchange, List<Request> requests, Consumer<byte[][]> onAnswered) {
        start(intake, exchange, requests, true, onAnswered);
    }

    private static void start(
            CommandIntake intake,
            HttpExchange exchange,
            List<Request> requests,
            boolean undivided,
            Consumer<byte[][]> onAnswered) {
        Execution execution = new Execution(exchange, requests.size(), undivided, onAnswered);
        exchange.peer().submit(requests.size(), () -> execution.submit(intake, requests));
    }

    private void submit(CommandIntake intake, List<Request> requests) {
        for (int slot = 0; slot < requests.size(); slot++) {
            Request request = requests.get(slot);
            if (request.fault() != null) {
                answer(slot, intake.refusal(request));
            } else {
                try {
                    intake.dispatcher().submit(request, this, slot);
                } catch (RuntimeException e) {
                    FAILED.log(e);
                    answer(slot, intake.refusal(request, Fault.INTERNAL));
                }
            }
        }
        intake.dispatcher().flushAtTurnEnd();
    }

    @Override
    public Requester requester() {
        return peer.requester();
    }

    @Override
    public boolean isUndivided() {
        return undivided;
    }

    @Override
    public void reply(long slot, byte[] source, int from, int to) {
        answer((int) slot, Arrays.copyOfRange(source, from, to));
    }

    @Override
    public void lost(long slot) {
        peer.drop("an answer could not be handed over to it");
    }

    /** Does nothing, because every HTTP answer is flushed by itself. */
    @Override
    public void repliesEnd() {}

    private void answer(int slot, byte[] answer) {
        hold(slot, answer);
        if (--left == 0) {
            // The response counts its own bytes when it is sent.
            peer.paid(bytes);
            peer.answered(answers.length);
            if (tooLarge) {
                exchange.refuse(
                        HttpStatus.UNPROCESSABLE,
                        Status.LIMIT_EXCEEDED,
                        HttpMessages.answersTooLarge(peer.untakenBytesMax()));
            } else if (!requester().isGone()) {
                onAnswered.accept(answers);
            }
        }
    }

    @Override
    public void keeps(long more) {
        if (more >= 0) {
            peer.owes(more);
        } else {
            peer.paid(-more);
        }
    }

    private void hold(int slot, byte[] answer) {
        tooLarge |= bytes + answer.length > peer.untakenBytesMax();
        if (tooLarge || requester().isGone()) {
            Arrays.fill(answers, null);
            peer.paid(bytes);
            bytes = 0;
        } else {
            answers[slot] = answer;
            bytes += answer.length;
            peer.owes(answer.length);
        }
    }
}
