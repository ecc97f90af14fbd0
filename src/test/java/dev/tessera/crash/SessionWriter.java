package dev.tessera.crash;

import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A writer that creates and ends its own sessions, and writes into them. */
final class SessionWriter implements Writer {

    private static final int SESSIONS_MAX = 5;
    private static final Pattern TOKEN = Pattern.compile("\"tkn\":(\\d+)");
    private static final Pattern KEYS = Pattern.compile("\"keys\":(.*)}}");

    private static final class Owned {

        private final String token;
        private final Cell cell;
        private final Map<String, String> keys = new LinkedHashMap<>();

        private Owned(String token) {
            this.token = token;
            this.cell = new Cell(Cell.ABSENT);
            cell.ack(cell.sent("{}"), System.nanoTime());
        }
    }

    private final Random random;
    private final KeyDraws draws;
    private final String name;
    private final List<Owned> sessions = new ArrayList<>();
    /** Ended sessions; after each crash the test checks that none of them exists. */
    private final List<Owned> ended = new ArrayList<>();
    /** The name of the shared session whose creation is not yet answered. */
    private String pendingName;

    private int made;

    SessionWriter(Random random, String name) {
        this.random = random;
        this.draws = new KeyDraws(random, "k", true);
        this.name = name;
    }

    @Override
    public Outcome next() {
        if (sessions.size() < SESSIONS_MAX && (sessions.isEmpty() || random.nextInt(10) == 0)) {
            return null;
        }
        Owned session = sessions.get(random.nextInt(sessions.size()));
        if (random.nextInt(60) == 0) {
            sessions.remove(session);
            ended.add(session);
            return new Outcome(
                    """
                            {"SH_END":{"tkn":%s}}""".formatted(session.token), """
                            {"SH_END_RSP":{"st":1,"tkn":%s}}""".formatted(session.token), Map.of(session.cell, Cell.ABSENT));
        }
        KeyDraws.Draw draw = draws.draw(session.keys);
        String parameters = draw.parameters().isEmpty() ? "" : "," + draw.parameters();
        return new Outcome(
                """
                        {"%s":{"tkn":%s%s}}""".formatted(draw.command(), session.token, parameters),
                draw.reply() == null ? "" : """
                                {"%s_RSP":{"tkn":%s,%s}}""".formatted(draw.command(), session.token, draw.reply()),
                Map.of(session.cell, KeyDraws.object(session.keys)));
    }

    @Override
    public String making() {
        pendingName = name + "-" + made++;
        String expiry = random.nextBoolean() ? """
                        ,"expiry":{"duration":3600,"deleteSession":%s}""".formatted(random.nextBoolean()) : "";
        return """
                {"SH_NEW":{"name":"%s","shared":true%s}}""".formatted(pendingName, expiry);
    }

    @Override
    public void made(String reply) {
        sessions.add(new Owned(token(reply)));
        pendingName = null;
    }

    @Override
    public Outcome probe() {
        return new Outcome("""
                        {"SH_EXISTS":{"tkns":[]}}""", """
                        {"SH_EXISTS_RSP":{"st":1,"exist":[],"notExist":[]}}""", Map.of());
    }

    /** Records the end of all sessions, and returns the affected cells. */
    Map<Cell, String> endAll() {
        Map<Cell, String> states = new LinkedHashMap<>();
        for (Owned session : sessions) {
            states.put(session.cell, Cell.ABSENT);
        }
        ended.addAll(sessions);
        sessions.clear();
        return states;
    }

    /** Returns the number of sessions. */
    int count() {
        return sessions.size();
    }

    @Override
    public int recover(TextSocket socket, long toleratedNanos) throws Exception {
        if (pendingName != null) {
            String reply = socket.ask("""
                    {"SH_OPEN":{"name":"%s"}}""".formatted(pendingName));
            if (reply.contains("\"st\":1,")) {
                made(reply);
            }
            pendingName = null;
        }
        int lost = 0;
        List<Owned> all = new ArrayList<>(sessions);
        all.addAll(ended);
        sessions.clear();
        for (Owned session : all) {
            String state = read(socket, session);
            lost += session.cell.found(state, toleratedNanos, "session " + session.token);
            if (!state.equals(Cell.ABSENT)) {
                ended.remove(session);
                sessions.add(session);
            } else if (!ended.contains(session)) {
                ended.add(session);
            }
        }
        return lost;
    }

    /** Reads a session from the server into its map. */
    private static String read(TextSocket socket, Owned session) throws Exception {
        String keysReply = socket.ask("""
                {"KV_KEYS":{"tkn":%s}}""".formatted(session.token));
        if (keysReply.contains("\"st\":100,")) {
            return Cell.ABSENT;
        }
        String names = group(KEYS, keysReply);
        String object = group(KEYS, socket.ask("""
                {"KV_GET":{"tkn":%s,"keys":%s}}""".formatted(session.token, names)));
        session.keys.clear();
        session.keys.putAll(FlatObject.read(object));
        return object;
    }

    private static String token(String reply) {
        return group(TOKEN, reply);
    }

    private static String group(Pattern pattern, String reply) {
        Matcher matcher = pattern.matcher(reply);
        if (!matcher.find()) {
            throw new AssertionError("unexpected reply: " + reply);
        }
        return matcher.group(1);
    }
}
