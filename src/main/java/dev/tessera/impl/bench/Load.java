package dev.tessera.impl.bench;

import java.util.Locale;

/** The kinds of load. Each defines its requests and their expected replies. */
public enum Load {

    /** {@code KV_SET} of one key. */
    SET {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.eitherOf(
                    entry.request("KV_SET", entry.asMember()),
                    entry.status("KV_SET", "21"),
                    entry.status("KV_SET", "20"));
        }
    },

    /** {@code KV_GET} of one key. */
    GET(true) {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.of(
                    entry.request("KV_GET", entry.asElement()), entry.reply("KV_GET", "\"keys\":" + entry.asMember()));
        }
    },

    /** Four {@code KV_GET} to one {@code KV_SET}. */
    MIXED(true) {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return (number % SETS_ONE_IN == 0 ? SET : GET).requestReply(number, entry);
        }
    },

    /** {@code KV_ADD} of one key. The first one adds the key; later ones find it. */
    ADD {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.eitherOf(
                    entry.request("KV_ADD", entry.asMember()),
                    entry.status("KV_ADD", "23"),
                    entry.status("KV_ADD", "20"));
        }
    },

    /** {@code KV_CONTAINS} of one key. */
    CONTAINS(true) {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.of(
                    entry.request("KV_CONTAINS", entry.asElement()),
                    entry.reply("KV_CONTAINS", "\"st\":1,\"keys\":{\"" + entry.key() + "\":true}"));
        }
    },

    /** {@code KV_COUNT}. */
    COUNT(true) {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.of(
                    entry.request("KV_COUNT"), entry.reply("KV_COUNT", "\"st\":1,\"cnt\":" + entry.keysInSession()));
        }
    },

    /** A {@code KV_SET}, for a server that sends each message back. */
    ECHO {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            String message = entry.request("KV_SET", entry.asMember());
            return RequestReply.of(message, message);
        }
    };

    private static final int SETS_ONE_IN = 5;

    private final boolean needsKeys;

    Load() {
        this(false);
    }

    Load(boolean needsKeys) {
        this.needsKeys = needsKeys;
    }

    /** Returns whether the replies are right only if all keys were stored before. */
    public boolean needsKeys() {
        return needsKeys;
    }

    /** Returns whether the server has sessions. */
    boolean needsSessions() {
        return this != ECHO;
    }

    /**
     * Returns a request with its expected reply.
     *
     * @param number the index of the request on its connection, from 0
     */
    abstract RequestReply requestReply(int number, BenchKeys.Entry entry);

    /** Returns the name as a user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
