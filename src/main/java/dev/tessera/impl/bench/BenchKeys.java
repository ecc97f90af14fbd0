package dev.tessera.impl.bench;

import java.util.Locale;

/**
 * The sessions, keys and values of a measurement: the same in every run but for the tokens. Every value tells which key
 * it belongs to, as far as it is long enough, so that a reply with another key's value is noticed. Immutable.
 *
 * @param tokens the token of each session
 * @param keys keys in each session
 * @param valueBytes the length of a value as JSON text
 */
record BenchKeys(String[] tokens, int keys, int valueBytes) {

    /** The number of digits that a key has room for. */
    static final int KEYS_MAX = 10_000_000;

    /** The shortest JSON text that is made here: an empty string. */
    static final int VALUE_BYTES_MIN = 2;

    private static final String FILLING = "abcdefghijklmnopqrstuvwxyz";

    /** A key of a session. */
    Entry entry(int session, int key) {
        return new Entry(tokens[session], key, value(session, key));
    }

    /** The key and value at a place among all that one connection asks for. */
    Entry entryFor(int connection, int connections, int number, int prepared) {
        int sessions = tokens.length;
        // With fewer sessions than connections, a session is shared; otherwise a connection has sessions of its own.
        int own = Math.max(1, (sessions - connection % sessions + connections - 1) / connections);
        long entries = (long) own * keys;
        // Spread evenly where not all entries get a request.
        long place = entries > prepared ? number * entries / prepared : number % entries;
        return entry((int) ((connection + place % own * connections) % sessions), (int) (place / own));
    }

    private static String keyName(int number) {
        return String.format(Locale.ROOT, "key:%07d", number);
    }

    private String value(int session, int key) {
        StringBuilder text = new StringBuilder(valueBytes).append('"');
        text.append(session).append(':').append(key).append(':');
        while (text.length() < valueBytes - 1) {
            text.append(FILLING);
        }
        text.setLength(valueBytes - 1);
        return text.append('"').toString();
    }

    /** A key with its value, and the parts of requests and replies that are made of them. */
    final class Entry {

        private final String token;
        private final String key;
        private final String value;

        private Entry(String token, int key, String value) {
            this.token = token;
            this.key = keyName(key);
            this.value = value;
        }

        String key() {
            return key;
        }

        String value() {
            return value;
        }

        int keysInSession() {
            return keys;
        }

        String asMember() {
            return "{\"" + key + "\":" + value + '}';
        }

        String asElement() {
            return "[\"" + key + "\"]";
        }

        String request(String command) {
            return "{\"" + command + "\":{\"tkn\":" + token + "}}";
        }

        String request(String command, String keys) {
            return "{\"" + command + "\":{\"tkn\":" + token + ",\"keys\":" + keys + "}}";
        }

        String reply(String command, String members) {
            return "{\"" + command + "_RSP\":{\"tkn\":" + token + ',' + members + "}}";
        }

        String status(String command, String status) {
            return reply(command, "\"keys\":{\"" + key + "\":" + status + '}');
        }
    }
}
