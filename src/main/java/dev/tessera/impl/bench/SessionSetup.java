package dev.tessera.impl.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The preparation and clean-up of a measurement: it creates sessions, stores their keys and ends the sessions. It
 * blocks, and uses its own connections.
 */
final class SessionSetup {

    /** The approximate size at which a message with many keys ends, well below the limit of servers. */
    private static final int MESSAGE_BYTES_MAX = 64 * 1024;

    private static final Pattern NEW_SESSION = Pattern.compile("""
            \\{"SH_NEW_RSP":\\{"st":1,.*"tkn":(\\d+)}}""");

    private SessionSetup() {}

    /** Creates sessions and returns their tokens. */
    static String[] create(ServerAddress address, int count) {
        List<String> tokens = new ArrayList<>(count);
        Iterator<String> requests = Stream.generate(() -> """
                {"SH_NEW":{"name":"bench"}}""").limit(count).iterator();
        try (Conversation conversation = Conversation.open(address)) {
            conversation.askAll(requests, reply -> {
                Matcher matcher = NEW_SESSION.matcher(reply);
                if (!matcher.matches()) {
                    throw new BenchException(
                            address + " does not create a session, it answers: " + Text.shorten(reply));
                }
                tokens.add(matcher.group(1));
            });
        }
        return tokens.toArray(String[]::new);
    }

    /** Stores all keys. */
    static void store(ServerAddress address, BenchKeys benchKeys) {
        try (Conversation conversation = Conversation.open(address)) {
            conversation.askAll(new StoreRequests(benchKeys), reply -> {
                if (!reply.startsWith("{\"KV_SET_RSP\":{\"tkn\":")) {
                    throw new BenchException(address + " does not store keys, it answers: " + Text.shorten(reply));
                }
            });
        }
    }

    /** Ends the sessions. */
    static void end(ServerAddress address, BenchKeys benchKeys) {
        Iterator<String> requests = IntStream.range(0, benchKeys.tokens().length)
                .mapToObj(session -> benchKeys.entry(session, 0).request("SH_END"))
                .iterator();
        try (Conversation conversation = Conversation.open(address)) {
            conversation.askAll(requests, reply -> {});
        }
    }

    /** The requests that store all keys. */
    private static final class StoreRequests implements Iterator<String> {

        private final BenchKeys benchKeys;
        private int session;
        private int key;

        private StoreRequests(BenchKeys benchKeys) {
            this.benchKeys = benchKeys;
        }

        @Override
        public boolean hasNext() {
            return session < benchKeys.tokens().length;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StringBuilder members = new StringBuilder("{");
            BenchKeys.Entry entry;
            do {
                entry = benchKeys.entry(session, key++);
                members.append(members.length() == 1 ? "" : ",")
                        .append('"')
                        .append(entry.key())
                        .append("\":")
                        .append(entry.value());
            } while (key < benchKeys.keys() && members.length() + entry.value().length() < MESSAGE_BYTES_MAX);
            if (key == benchKeys.keys()) {
                session++;
                key = 0;
            }
            return entry.request("KV_SET", members.append('}').toString());
        }
    }
}
