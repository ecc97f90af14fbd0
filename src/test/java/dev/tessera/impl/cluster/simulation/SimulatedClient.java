package dev.tessera.impl.cluster.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * A client of one session through one gateway. It has several commands in flight and compares the answers with the
 * model.
 */
final class SimulatedClient {

    private static final int IN_FLIGHT_MAX = 8;

    private static final class Sent {
        private final SessionCommandOfTest command;
        private String answer;

        private Sent(SessionCommandOfTest command) {
            this.command = command;
        }

        private boolean isList() {
            return command.kind() == SessionCommandOfTest.Kind.LIST;
        }
    }

    private final Random random;
    private final SimulatedGateway gateway;
    private final String token;
    private final String name;
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    final SessionModel model;
    private int nextValue;
    int answered;
    int applied;

    SimulatedClient(Random random, SimulatedGateway gateway, String token, String name) {
        this.random = random;
        this.gateway = gateway;
        this.token = token;
        this.name = name;
        this.model = new SessionModel(token, name);
        send(new SessionCommandOfTest(SessionCommandOfTest.Kind.NEW, "k0", 0));
    }

    /** Sends a few commands. */
    void act() {
        for (int count = random.nextInt(4); count > 0 && inFlight.size() < IN_FLIGHT_MAX; count--) {
            SessionCommandOfTest drawn = SessionCommandOfTest.draw(random, nextValue++);
            boolean secondList = drawn.kind() == SessionCommandOfTest.Kind.LIST
                    && inFlight.stream().anyMatch(Sent::isList);
            send(
                    model.states() < SessionModel.STATES_MANY && !secondList
                            ? drawn
                            : new SessionCommandOfTest(SessionCommandOfTest.Kind.GET, drawn.key(), 0));
        }
    }

    private void send(SessionCommandOfTest command) {
        Sent sent = new Sent(command);
        inFlight.add(sent);
        gateway.submit(command.text(token, name), answer -> {
            sent.answer = answer;
            takeAnswers();
        });
    }

    private void takeAnswers() {
        while (!inFlight.isEmpty() && inFlight.peek().answer != null) {
            Sent first = inFlight.remove();
            model.take(first.command, first.answer);
            answered++;
            if (!first.answer.contains("\"st\":200,") && !first.answer.contains("\"st\":201,")) {
                applied++;
            }
        }
    }
}
