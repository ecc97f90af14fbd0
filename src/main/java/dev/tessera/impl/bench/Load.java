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

    /** {@code KV_INCR} of one key. It adds 0, because the reply must be known. */
    INCR {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            String counter = entry.asMember("n", "0");
            return RequestReply.of(entry.request("KV_INCR", counter), entry.reply("KV_INCR", "\"keys\":" + counter));
        }
    },

    /** {@code KV_MERGE} of one member into an object. */
    MERGE {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.eitherOf(
                    entry.request("KV_MERGE", entry.asMember("m", "{\"a\":" + entry.value() + '}')),
                    entry.reply("KV_MERGE", "\"keys\":" + entry.asMember("m", "21")),
                    entry.reply("KV_MERGE", "\"keys\":" + entry.asMember("m", "20")));
        }
    },

    /** {@code KV_SET} of one key on the condition that another one does not exist. */
    CAS {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.eitherOf(
                    entry.request("KV_SET", entry.asMember() + ",\"if\":{\"none\":0}"),
                    entry.status("KV_SET", "21"),
                    entry.status("KV_SET", "20"));
        }
    },

    /** {@code KV_BATCH} of a {@code KV_SET} and a {@code KV_GET} of one key. */
    BATCH {
        @Override
        RequestReply requestReply(int number, BenchKeys.Entry entry) {
            return RequestReply.eitherOf(
                    entry.batch("{\"KV_SET\":{\"keys\":" + entry.asMember() + "}},{\"KV_GET\":{\"keys\":"
                            + entry.asElement() + "}}"),
                    batchReply(entry, "21"),
                    batchReply(entry, "20"));
        }

        private static String batchReply(BenchKeys.Entry entry, String status) {
            return entry.reply(
                    "KV_BATCH",
                    "\"st\":1,\"rsps\":[{\"KV_SET_RSP\":{\"keys\":{\"" + entry.key() + "\":" + status
                            + "}}},{\"KV_GET_RSP\":{\"keys\":" + entry.asMember() + "}}]");
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
