package dev.tessera.impl.bench;

import java.util.Locale;

/**
 * The sessions, keys and values of a measurement. Only the tokens differ between runs. Each value begins with the
 * numbers of its session and key, because the generator must notice a reply with the value of another key. Very short
 * values contain only a part of these numbers. Immutable.
 *
 * @param tokens the token of each session
 * @param keys the number of keys in each session
 * @param valueBytes the length of a value as JSON text
 */
record BenchKeys(String[] tokens, int keys, int valueBytes) {

    /** The most keys of a session, because a key name has seven digits. */
    static final int KEYS_MAX = 10_000_000;

    /** The length of the shortest value, an empty JSON string. */
    static final int VALUE_BYTES_MIN = 2;

    private static final String FILLER = "abcdefghijklmnopqrstuvwxyz";

    /** Returns a key of a session with its value. */
    Entry entry(int session, int key) {
        return new Entry(tokens[session], key, value(session, key));
    }

    /**
     * Returns the entry for one of the requests of a connection.
     *
     * @param number the index of the request, from 0
     * @param prepared the number of different requests of the connection
     */
    Entry entryFor(int connection, int connections, int number, int prepared) {
        int sessions = tokens.length;
        // If there are fewer sessions than connections, connections share them. Otherwise each connection has its
        // own.
        int ownSessions = Math.max(1, (sessions - connection % sessions + connections - 1) / connections);
        long entries = (long) ownSessions * keys;
        // If there are more entries than requests, the requests spread evenly over the entries.
        long place = entries > prepared ? number * entries / prepared : number % entries;
        return entry((int) ((connection + place % ownSessions * connections) % sessions), (int) (place / ownSessions));
    }

    private static String keyName(int number) {
        return String.format(Locale.ROOT, "key:%07d", number);
    }

    private String value(int session, int key) {
        StringBuilder text = new StringBuilder(valueBytes).append('"');
        text.append(session).append(':').append(key).append(':');
        while (text.length() < valueBytes - 1) {
            text.append(FILLER);
        }
        text.setLength(valueBytes - 1);
        return text.append('"').toString();
    }

    /** A key with its value, and the requests and replies that contain them. */
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

        /** Returns an object with another key, which has a prefix, and another value. */
        String asMember(String prefix, String other) {
            return "{\"" + prefix + key + "\":" + other + '}';
        }

        /** Returns a batch of commands, which have commas between them. */
        String batch(String commands) {
            return "{\"KV_BATCH\":{\"tkn\":" + token + ",\"cmds\":[" + commands + "]}}";
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
