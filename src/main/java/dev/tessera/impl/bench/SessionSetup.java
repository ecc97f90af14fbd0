package dev.tessera.impl.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the sessions of a measurement, stores their keys, and ends them. Blocking, on connections of its own. */
final class SessionSetup {

    /** Keys are stored many at a time, in messages of about this size at most; well below what servers take. */
    private static final int LOAD_BYTES_MAX = 64 * 1024;

    private static final Pattern NEW_SESSION = Pattern.compile("""
            \\{"SH_NEW_RSP":\\{"st":1,.*"tkn":(\\d+)}}""");

    private SessionSetup() {}

    /** Makes sessions; gives their tokens. */
    static String[] make(ServerAddress address, int count) {
        List<String> tokens = new ArrayList<>(count);
        Iterator<String> requests = Stream.generate(() -> "{\"SH_NEW\":{\"name\":\"bench\"}}")
                .limit(count)
                .iterator();
        try (Conversation conversation = Conversation.open(address)) {
            conversation.askAll(requests, reply -> {
                Matcher matcher = NEW_SESSION.matcher(reply);
                if (!matcher.matches()) {
                    throw new BenchException(address + " gives no session, it answers: " + Text.shorten(reply));
                }
                tokens.add(matcher.group(1));
            });
        }
        return tokens.toArray(String[]::new);
    }

    /** Stores all keys. */
    static void store(ServerAddress address, BenchKeys dataset) {
        try (Conversation conversation = Conversation.open(address)) {
            conversation.askAll(new Stores(dataset), reply -> {
                if (!reply.startsWith("{\"KV_SET_RSP\":{\"tkn\":")) {
                    throw new BenchException(address + " does not store keys, it answers: " + Text.shorten(reply));
                }
            });
        }
    }

    /** Ends the sessions. */
    static void end(ServerAddress address, BenchKeys dataset) {
        Iterator<String> requests = IntStream.range(0, dataset.tokens().length)
                .mapToObj(session -> dataset.entry(session, 0).request("SH_END"))
                .iterator();
        try (Conversation conversation = Conversation.open(address)) {
            conversation.askAll(requests, reply -> {});
        }
    }

    /** The requests that store everything. */
    private static final class Stores implements Iterator<String> {

        private final BenchKeys dataset;
        private int session;
        private int key;

        private Stores(BenchKeys dataset) {
            this.dataset = dataset;
        }

        @Override
        public boolean hasNext() {
            return session < dataset.tokens().length;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StringBuilder members = new StringBuilder("{");
            BenchKeys.Entry entry;
            do {
                entry = dataset.entry(session, key++);
                members.append(members.length() == 1 ? "" : ",")
                        .append('"')
                        .append(entry.key())
                        .append("\":")
                        .append(entry.value());
            } while (key < dataset.keys() && members.length() + entry.value().length() < LOAD_BYTES_MAX);
            if (key == dataset.keys()) {
                session++;
                key = 0;
            }
            return entry.request("KV_SET", members.append('}').toString());
        }
    }
}
