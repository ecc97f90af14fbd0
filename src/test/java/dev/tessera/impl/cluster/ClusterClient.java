package dev.tessera.impl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends commands on its own sessions to any running node, and compares every answer with the possible
 * ones. After a command with an unknown outcome it leaves the session alone until the end. Thread: its own, until that
 * has ended.
 */
final class ClusterClient implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MADE = Pattern.compile("""
                    \\{"SH_NEW_RSP":\\{"st":1,"name":"[^"]*","tkn":(\\d+)}}""");
    private static final Pattern OPENED = Pattern.compile("""
                    \\{"SH_OPEN_RSP":\\{"st":1,"name":"[^"]*","tkn":(\\d+)}}""");
    private static final int BURST_MAX = 8;
    private static final int SESSIONS_MAX = 4;
    private static final int PATIENCE_SECONDS = 60;

    private final String name;
    private final Random random;
    private final RunningNodes nodes;
    private final List<PossibleKeys> sessions = new ArrayList<>();
    /** The names of shared sessions that may exist. */
    private final List<String> doubtfulNames = new ArrayList<>();

    /** Null while the client is not connected. */
    private @Nullable TextSocket socket;

    private int number;
    private long lastNs = System.nanoTime();
    private volatile long longestNs;
    private volatile long applied;
    private volatile boolean stopped;

    ClusterClient(String name, long seed, RunningNodes nodes) {
        this.name = name;
        this.random = new Random(seed ^ name.hashCode() * 0x9E3779B97F4A7C15L);
        this.nodes = nodes;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                if (socket == null || random.nextInt(100) == 0) {
                    connect();
                }
                List<PossibleKeys> usable = sessions.stream()
                        .filter(session -> !session.isDoubtful())
                        .toList();
                if (usable.size() < SESSIONS_MAX) {
                    makeSession();
                } else {
                    talk(usable.get(random.nextInt(usable.size())));
                }
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError(name + ", after " + applied + " commands: " + e.getMessage(), e);
        } finally {
            disconnect();
            end();
        }
    }

    private synchronized void end() {
        stopped = true;
        notifyAll();
    }

    /**
     * Waits until this many more commands are certainly applied, or the client has ended. May be called from any
     * thread.
     *
     * @return whether they are applied
     */
    synchronized boolean awaitApplied(int more, long timeoutMs) throws InterruptedException {
        long until = applied + more;
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (applied < until && !stopped) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return applied >= until;
    }

    /** Ends the client after its current commands. May be called from any thread. */
    void stop() {
        stopped = true;
    }

    /** Returns how many commands are certainly applied. May be called from any thread. */
    long applied() {
        return applied;
    }

    /** Returns the longest time between two commands that were certainly applied. May be called from any thread. */
    long longestPauseMs() {
        return TimeUnit.NANOSECONDS.toMillis(longestNs);
    }

    private void makeSession() throws Exception {
        String session = name + "-" + number++;
        String answer = exchange(List.of("""
                {"SH_NEW":{"name":"%s","shared":true}}""".formatted(session))).get(0);
        Matcher made = answer == null ? null : MADE.matcher(answer);
        if (made == null || answer.contains("\"st\":201,")) {
            doubtfulNames.add(session);
        } else if (made.matches()) {
            sessions.add(new PossibleKeys(made.group(1)));
            onApplied(1);
        } else if (!answer.contains("\"st\":200,")) {
            throw new AssertionError("the new session " + session + " was answered " + answer);
        }
    }

    private void talk(PossibleKeys session) throws Exception {
        List<KeyCommand> commands = new ArrayList<>();
        for (int left = 1 + random.nextInt(BURST_MAX); left > 0; left--) {
            commands.add(KeyCommand.draw(random, number++));
        }
        List<String> answers = exchange(commands.stream()
                .map(command -> command.message(session.token()))
                .toList());
        int done = 0;
        for (int i = 0; i < commands.size(); i++) {
            done += session.answered(commands.get(i), answers.get(i)) ? 1 : 0;
        }
        onApplied(done);
    }

    private synchronized void onApplied(int count) {
        if (count > 0) {
            long nowNs = System.nanoTime();
            longestNs = Math.max(longestNs, nowNs - lastNs);
            lastNs = nowNs;
            applied += count;
            notifyAll();
        }
    }

    /**
     * Sends messages at once and returns the answers; null for an answer that did not come because the connection
     * broke.
     */
    private List<String> exchange(List<String> messages) throws InterruptedException {
        List<String> answers = new ArrayList<>();
        try {
            TextSocket connected = Objects.requireNonNull(socket);
            for (String message : messages) {
                connected.send(message);
            }
            while (answers.size() < messages.size()) {
                String answer = connected.receive();
                if (!answer.startsWith("{")) {
                    break;
                }
                answers.add(answer);
            }
        } catch (ExecutionException e) {
            // The connection broke before all messages were sent; the outcome of all of them is unknown.
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        if (answers.size() < messages.size()) {
            disconnect();
        }
        while (answers.size() < messages.size()) {
            answers.add(null);
        }
        return answers;
    }

    private void connect() throws Exception {
        disconnect();
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (socket == null) {
            try {
                socket = TextSocket.connect(nodes.any(random));
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadlineNs) {
                    throw e;
                }
            }
        }
    }

    private void disconnect() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** The numbers of sessions and keys of a client. */
    record Totals(long sessions, long keys) {

        Totals plus(Totals other) {
            return new Totals(sessions + other.sessions, keys + other.keys);
        }
    }

    /** Compares all sessions of the client as a node sees them. Must be called after its thread has ended. */
    Totals requirePossible(TextSocket asked, String where) throws Exception {
        for (String doubtful : doubtfulNames) {
            Matcher opened = OPENED.matcher(asked.ask("""
                    {"SH_OPEN":{"name":"%s"}}""".formatted(doubtful)));
            if (opened.matches()
                    && sessions.stream().noneMatch(session -> session.token().equals(opened.group(1)))) {
                sessions.add(new PossibleKeys(opened.group(1)));
            }
        }
        long count = 0;
        for (PossibleKeys session : sessions) {
            Map<String, Integer> keys = keys(asked, session.token());
            session.requirePossible(keys, where);
            count += keys.size();
        }
        return new Totals(sessions.size(), count);
    }

    private static Map<String, Integer> keys(TextSocket asked, String token) throws Exception {
        JsonNode named = JSON.readTree(asked.ask("""
                {"KV_KEYS":{"tkn":%s}}""".formatted(token))).get("KV_KEYS_RSP");
        if (named.get("st").intValue() != 1) {
            throw new AssertionError("session " + token + " is lost: " + named);
        }
        Map<String, Integer> keys = new HashMap<>();
        if (!named.get("keys").isEmpty()) {
            JSON.readTree(asked.ask("""
                    {"KV_GET":{"tkn":%s,"keys":%s}}""".formatted(token, named.get("keys"))))
                    .get("KV_GET_RSP")
                    .get("keys")
                    .properties()
                    .forEach(entry -> keys.put(entry.getKey(), entry.getValue().intValue()));
        }
        return keys;
    }
}
