package dev.tessera.impl.cluster;

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
        return switch (random.nextInt(11)) {
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
