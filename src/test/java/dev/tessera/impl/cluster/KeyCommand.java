package dev.tessera.impl.cluster;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** A command on the keys of a session, with its effect by the protocol. */
record KeyCommand(String name, String parameters, Effect effect) {

    private static final int KEYS = 12;

    /** Changes the keys, and returns the part of the answer after the token. */
    interface Effect {
        String apply(Map<String, Integer> keys);
    }

    /** Draws a command; no other command stores {@code value}. */
    static KeyCommand draw(Random random, int value) {
        String key = "k" + random.nextInt(KEYS);
        String entry = """
                "keys":{"%s":%s}""".formatted(key, value);
        return switch (random.nextInt(15)) {
            case 0, 1, 2 ->
                new KeyCommand("KV_SET", entry, keys -> """
                                "keys":{"%s":%s}""".formatted(key, (keys.put(key, value) == null ? 20 : 21)));
            case 3, 4 ->
                new KeyCommand("KV_ADD", entry, keys ->
                        """
                                "keys":{"%s":%s}""".formatted(key, (keys.putIfAbsent(key, value) == null ? 20 : 23)));
            case 5, 6 ->
                new KeyCommand(
                        "KV_RMV",
                        """
                                "keys":["%s"]""".formatted(key),
                        keys -> "\"" + key + "\":" + (keys.remove(key) == null ? 22 : 24));
            case 7 -> new KeyCommand("KV_GET", """
                                "keys":["%s"]""".formatted(key), keys -> """
                                "keys":{"%s":%s}""".formatted(key, keys.get(key)));
            // No other key begins with this one.
            case 9 ->
                new KeyCommand("KV_LIST", """
                    "prefix":"%s","rsp":"kv\"""".formatted("k0"), keys ->
                        """
                    "st":1,"keys":{%s}""".formatted(keys.get("k0") == null ? "" : "\"k0\":" + keys.get("k0")));
            case 10, 11 ->
                new KeyCommand(
                        "KV_INCR", """
                                "keys":{"%s":1}""".formatted(key), keys -> """
                                "keys":{"%s":%s}""".formatted(key, keys.merge(key, 1, Integer::sum)));
            case 12, 13 -> move(key, "k" + random.nextInt(KEYS), "k" + random.nextInt(KEYS));
            case 8 -> new KeyCommand("KV_COUNT", "", keys -> "\"st\":1,\"cnt\":" + keys.size());
            default ->
                random.nextInt(4) > 0
                        ? draw(random, value)
                        : new KeyCommand("KV_CLEAR_SET", entry, keys -> {
                            int count = keys.size();
                            keys.clear();
                            keys.put(key, value);
                            return """
                                    "st":1,"cnt":%s,"keys":{"%s":20}""".formatted(count, key);
                        });
        };
    }

    /** Returns a batch that takes one from a key, adds it to another, and removes a third. */
    private static KeyCommand move(String from, String to, String removed) {
        String commands = List.of("""
                        {"KV_INCR":{"keys":{"%s":-1}}}""".formatted(from), """
                        {"KV_INCR":{"keys":{"%s":1}}}""".formatted(to), """
                        {"KV_RMV":{"keys":["%s"]}}""".formatted(removed))
                .toString();
        return new KeyCommand("KV_BATCH", "\"cmds\":" + commands, keys -> {
            int less = keys.merge(from, -1, Integer::sum);
            int more = keys.merge(to, 1, Integer::sum);
            int status = keys.remove(removed) == null ? 22 : 24;
            return "\"st\":1,\"rsps\":["
                    + String.join(
                            ",", """
                            {"KV_INCR_RSP":{"keys":{"%s":%s}}}""".formatted(from, less), """
                            {"KV_INCR_RSP":{"keys":{"%s":%s}}}""".formatted(to, more), """
                            {"KV_RMV_RSP":{"%s":%s}}""".formatted(removed, status))
                    + "]";
        });
    }

    /** Returns the message for the session of a token. */
    String message(String token) {
        return """
                {"%s":{"tkn":%s%s}}""".formatted(name, token, (parameters.isEmpty() ? "" : "," + parameters));
    }

    /** Applies the command, and returns the answer that it must have. */
    String apply(String token, Map<String, Integer> keys) {
        return """
                {"%s_RSP":{"tkn":%s,%s}}""".formatted(name, token, effect.apply(keys));
    }
}
