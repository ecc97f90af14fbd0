package dev.tessera.impl.cluster.simulation;

import dev.tessera.impl.protocol.Messages;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A command on one session whose answer shows the state that it found, and so whether it ran once.
 *
 * @param kind its effect
 * @param key its key
 * @param value its value
 */
record SessionCommandOfTest(Kind kind, String key, int value) {

    /** The effects of commands. */
    enum Kind {
        NEW,
        END,
        SET,
        ADD,
        REMOVE,
        CLEAR,
        CLEAR_SET,
        UPDATE,
        MERGE,
        PATCH,
        INCR,
        SET_TTL,
        EXPIRE,
        /** Sets the first key, and fails if its own key does not exist then. */
        BATCH,
        GET,
        COUNT,
        FIND,
        LIST
    }

    /**
     * The outcome of a command.
     *
     * @param answer the answer
     * @param state the state of the session afterwards; null for no session
     */
    record Outcome(String answer, Map<String, String> state) {}

    private static final int KEYS = 3;
    private static final String FIRST = "k0";

    static SessionCommandOfTest draw(Random random, int value) {
        Kind[] kinds = Kind.values();
        // The first two kinds are rare.
        Kind kind = random.nextInt(20) == 0 ? kinds[random.nextInt(2)] : kinds[2 + random.nextInt(kinds.length - 2)];
        return new SessionCommandOfTest(kind, "k" + random.nextInt(KEYS), value);
    }

    boolean changes() {
        return kind != Kind.GET && kind != Kind.COUNT && kind != Kind.FIND && kind != Kind.LIST;
    }

    String text(String token, String name) {
        String tkn = "\"tkn\":" + token;
        return switch (kind) {
            case NEW -> """
                    {"SH_NEW":{"name":"%s","shared":true}}""".formatted(name);
            case END -> "{\"SH_END\":{" + tkn + "}}";
            case SET -> """
                    {"KV_SET":{%s,"keys":{"%s":%s}}}""".formatted(tkn, key, value);
            case ADD -> """
                    {"KV_ADD":{%s,"keys":{"%s":%s}}}""".formatted(tkn, key, value);
            case REMOVE -> """
                    {"KV_RMV":{%s,"keys":["%s"]}}""".formatted(tkn, key);
            case CLEAR -> "{\"KV_CLEAR\":{" + tkn + "}}";
            case CLEAR_SET -> """
                    {"KV_CLEAR_SET":{%s,"keys":{"%s":%s}}}""".formatted(tkn, key, value);
            case UPDATE -> """
                        {"KV_UPDATE":{%s,"key":"%s","path":"$","value":%s}}""".formatted(tkn, key, value);
            case MERGE -> """
                    {"KV_MERGE":{%s,"keys":{"%s":%s}}}""".formatted(tkn, key, value);
            case PATCH -> """
                        {"KV_PATCH":{%s,"key":"%s","ops":[{"op":"replace","path":"","value":%s}]}}""".formatted(tkn, key, value);
            case INCR -> """
                    {"KV_INCR":{%s,"keys":{"%s":%s}}}""".formatted(tkn, key, value);
            // Longer than any simulation.
            case SET_TTL -> """
                    {"KV_SET":{%s,"keys":{"%s":%s},"ttl":1000000}}""".formatted(tkn, key, value);
            case EXPIRE -> """
                        {"KV_EXPIRE":{%s,"keys":["%s"],"ttl":%s}}""".formatted(tkn, key, ttl());
            case BATCH -> """
                        {"KV_BATCH":{%s,"cmds":[{"KV_SET":{"keys":{"%s":%s}}},{"KV_PATCH":{"key":"%s","ops":[{"op":"replace",\
                        "path":"","value":%s}]}}]}}""".formatted(tkn, FIRST, value, key, value);
            case GET -> """
                    {"KV_GET":{%s,"keys":["%s"]}}""".formatted(tkn, key);
            case COUNT -> "{\"KV_COUNT\":{" + tkn + "}}";
            case FIND -> """
                    {"KV_FIND":{%s,"rsp":"kv","path":"$","keys":["%s"]}}""".formatted(tkn, key);
            case LIST -> """
                    {"KV_LIST":{%s,"rsp":"kv","prefix":"%s"}}""".formatted(tkn, key);
        };
    }

    /** Applies the command to a state, which it may change. */
    Outcome apply(Map<String, String> state, String token, String name) {
        String tkn = "\"tkn\":" + token;
        if (kind == Kind.NEW) {
            return state == null
                    ? new Outcome("""
                                    {"SH_NEW_RSP":{"st":1,"name":"%s",%s}}""".formatted(name, tkn), new LinkedHashMap<>())
                    : new Outcome("""
                                    {"SH_NEW_RSP":{"st":103,"tkn":null,"m":"%s"}}""".formatted(Messages.SHARED_SESSION_EXISTS), state);
        }
        String command = switch (kind) {
            case END -> "SH_END";
            case REMOVE -> "KV_RMV";
            case SET_TTL -> "KV_SET";
            default -> "KV_" + kind;
        };
        if (state == null) {
            return new Outcome("""
                            {"%s_RSP":{"st":100,%s,"m":"%s"}}""".formatted(command, tkn, Messages.NO_SESSION), null);
        }
        String old = state.get(key);
        String text = String.valueOf(value);
        String answer = switch (kind) {
            case END -> "\"st\":1," + tkn;
            case EXPIRE -> """
                    %s,"st":1,"keys":{"%s":%s}""".formatted(tkn, key, (old == null ? null : ttl()));
            case SET, SET_TTL, MERGE -> """
                    %s,"keys":{"%s":%s}""".formatted(tkn, key, (state.put(key, text) == null ? 20 : 21));
            case PATCH ->
                old == null
                        ? "\"st\":22," + tkn + ",\"m\":\"" + Messages.KEY_NOT_EXIST + "\""
                        : tkn + ",\"st\":1,\"key\":\"" + key + "\"";
            case BATCH -> batch(state, tkn);
            case INCR -> """
                    %s,"keys":{"%s":%s}""".formatted(tkn, key, state.merge(key, text, SessionCommandOfTest::sum));
            case ADD -> """
                        %s,"keys":{"%s":%s}""".formatted(tkn, key, state.putIfAbsent(key, text) == null ? 20 : 23);
            case REMOVE -> tkn + ",\"" + key + "\":" + (state.remove(key) == null ? 22 : 24);
            case CLEAR -> tkn + ",\"st\":1,\"cnt\":" + clear(state);
            case CLEAR_SET -> """
                    %s,"st":1,"cnt":%s,"keys":{"%s":20}""".formatted(tkn, clear(state), key);
            case UPDATE ->
                tkn + ",\"st\":" + (old == null ? 22 : 1) + ",\"key\":\"" + key + "\",\"cnt\":" + (old == null ? 0 : 1);
            case GET -> """
                    %s,"keys":{"%s":%s}""".formatted(tkn, key, old);
            case COUNT -> tkn + ",\"st\":1,\"cnt\":" + state.size();
            case FIND, LIST -> """
                    %s,"st":1,"keys":{%s}""".formatted(tkn, (old == null ? "" : "\"" + key + "\":" + old));
            default -> throw new IllegalStateException(kind.toString());
        };
        if (kind == Kind.CLEAR_SET || ((kind == Kind.UPDATE || kind == Kind.PATCH) && old != null)) {
            state.put(key, "" + value);
        }
        return new Outcome("{\"" + command + "_RSP\":{" + answer + "}}", kind == Kind.END ? null : state);
    }

    /** Returns a time to live in seconds; 0 for some commands. */
    private int ttl() {
        return value % 3 == 0 ? 0 : 1_000_000 + value;
    }

    private String batch(Map<String, String> state, String tkn) {
        if (!key.equals(FIRST) && !state.containsKey(key)) {
            return "\"st\":22," + tkn + ",\"m\":\"" + Messages.KEY_NOT_EXIST + "\",\"at\":1";
        }
        int status = state.put(FIRST, "" + value) == null ? 20 : 21;
        state.put(key, "" + value);
        return """
                %s,"st":1,"rsps":[{"KV_SET_RSP":{"keys":{"%s":%s}}},\
                {"KV_PATCH_RSP":{"st":1,"key":"%s"}}]""".formatted(tkn, FIRST, status, key);
    }

    private static String sum(String one, String other) {
        return new BigInteger(one).add(new BigInteger(other)).toString();
    }

    private static int clear(Map<String, String> state) {
        int size = state.size();
        state.clear();
        return size;
    }
}
