package dev.tessera.impl.bench;

import java.util.Locale;

/** The kinds of load: which request is sent, and what its reply must be. */
public enum Load {

    /** {@code KV_SET} of one key. */
    SET {
        @Override
        RequestReply exchange(int number, BenchKeys.Entry entry) {
            return RequestReply.eitherOf(
                    entry.request("KV_SET", entry.asMember()),
                    entry.status("KV_SET", "21"),
                    entry.status("KV_SET", "20"));
        }
    },

    /** {@code KV_GET} of one key. */
    GET(true) {
        @Override
        RequestReply exchange(int number, BenchKeys.Entry entry) {
            return RequestReply.of(
                    entry.request("KV_GET", entry.asElement()), entry.reply("KV_GET", "\"keys\":" + entry.asMember()));
        }
    },

    /** Four {@code KV_GET} to one {@code KV_SET}. */
    MIXED(true) {
        @Override
        RequestReply exchange(int number, BenchKeys.Entry entry) {
            return (number % SETS_ONE_IN == 0 ? SET : GET).exchange(number, entry);
        }
    },

    /** {@code KV_ADD} of one key: the first one adds, later ones find it there. */
    ADD {
        @Override
        RequestReply exchange(int number, BenchKeys.Entry entry) {
            return RequestReply.eitherOf(
                    entry.request("KV_ADD", entry.asMember()),
                    entry.status("KV_ADD", "23"),
                    entry.status("KV_ADD", "20"));
        }
    },

    /** {@code KV_CONTAINS} of one key. */
    CONTAINS(true) {
        @Override
        RequestReply exchange(int number, BenchKeys.Entry entry) {
            return RequestReply.of(
                    entry.request("KV_CONTAINS", entry.asElement()),
                    entry.reply("KV_CONTAINS", "\"st\":1,\"keys\":{\"" + entry.key() + "\":true}"));
        }
    },

    /** {@code KV_COUNT}. */
    COUNT(true) {
        @Override
        RequestReply exchange(int number, BenchKeys.Entry entry) {
            return RequestReply.of(
                    entry.request("KV_COUNT"), entry.reply("KV_COUNT", "\"st\":1,\"cnt\":" + entry.keysInSession()));
        }
    },

    /** A {@code KV_SET}, to a server that sends back what it gets. */
    ECHO {
        @Override
        RequestReply exchange(int number, BenchKeys.Entry entry) {
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

    /** Whether the replies are right only where all keys were stored beforehand. */
    public boolean needsKeys() {
        return needsKeys;
    }

    /** Whether the server has sessions. */
    boolean needsSessions() {
        return this != ECHO;
    }

    /**
     * One request with its reply.
     *
     * @param number its place among the requests of its connection
     */
    abstract RequestReply exchange(int number, BenchKeys.Entry entry);

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
