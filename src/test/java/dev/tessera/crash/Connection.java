package dev.tessera.crash;

import dev.tessera.testing.TextSocket;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Pattern;

/**
 * A connection that sends the commands of a {@link Writer}, several at a time, and checks every reply until the server
 * is gone. It runs on a thread of its own.
 */
final class Connection implements Runnable {

    private static final int IN_FLIGHT_MAX = 16;
    private static final Pattern REFUSED = Pattern.compile("_RSP\":\\{\"st\":20[01],");

    private record Sent(String request, String expected, Map<Cell, Integer> numbers) {}

    private final Writer writer;
    private final int port;
    private final Kill kill;
    private final Queue<Sent> sent = new ArrayDeque<>();
    private long acked;

    Connection(Writer writer, int port, Kill kill) {
        this.writer = writer;
        this.port = port;
        this.kill = kill;
    }

    /** Returns how many commands were acknowledged. */
    long acked() {
        return acked;
    }

    @Override
    public void run() {
        try (TextSocket socket = TextSocket.connect(port)) {
            while (!kill.isDue()) {
                Outcome next = sent.size() < IN_FLIGHT_MAX ? writer.next() : null;
                if (next != null) {
                    send(socket, next);
                } else if (sent.size() >= IN_FLIGHT_MAX) {
                    take(socket.receive());
                } else {
                    settle(socket);
                    String made = alive(socket.ask(writer.making()));
                    if (kill.isDue() && REFUSED.matcher(made).find()) {
                        return;
                    }
                    writer.made(made);
                    acknowledged(1);
                }
            }
            if (kill.isOrderly()) {
                settle(socket);
            }
        } catch (Gone e) {
            return;
        } catch (Exception e) {
            if (!kill.isDue()) {
                throw new AssertionError("the connection failed before its server was killed", e);
            }
        }
    }

    /** Waits for the replies to all sent commands. */
    private void settle(TextSocket socket) throws Exception {
        send(socket, writer.probe());
        while (!sent.isEmpty()) {
            take(socket.receive());
        }
    }

    private void send(TextSocket socket, Outcome next) throws Exception {
        Map<Cell, Integer> numbers = new HashMap<>();
        next.states().forEach((cell, state) -> numbers.put(cell, cell.sent(state)));
        sent.add(new Sent(next.request(), next.expected(), numbers));
        socket.send(next.request());
    }

    private void take(String reply) throws Gone {
        if (kill.isDue() && REFUSED.matcher(alive(reply)).find()) {
            // The disk failed before the server did.
            throw new Gone();
        }
        long nowNanos = System.nanoTime();
        int count = 0;
        Sent answered;
        do {
            // A reply to a later command shows that this one succeeded without a reply.
            answered = sent.remove();
            answered.numbers.forEach((cell, number) -> cell.ack(number, nowNanos));
            count++;
        } while (answered.expected.isEmpty());
        if (!answered.expected.equals(reply)) {
            throw new AssertionError(
                    answered.request + " was answered with " + reply + " and not with " + answered.expected);
        }
        acknowledged(count);
    }

    private void acknowledged(int count) {
        acked += count;
        kill.acknowledged(count);
    }

    private static String alive(String event) throws Gone {
        if (event.startsWith("close ") || event.startsWith("error ")) {
            throw new Gone();
        }
        return event;
    }

    /** Thrown when the server is gone. */
    private static final class Gone extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
