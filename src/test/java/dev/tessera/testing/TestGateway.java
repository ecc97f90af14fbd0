package dev.tessera.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.routing.StoreLinks;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.work.Requester;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.Arrays;
import java.util.List;

/** A gateway without sockets: it takes messages from a test, and returns the replies in the order of the messages. */
public final class TestGateway extends VerticleBase {

    private static final int REPLY_BYTES_MAX = 64 * 1024 * 1024;

    private final String address;
    private final StoreMap stores;
    private final Commands commands;
    private final TokenSource tokens;
    private final int replyBytesMax;
    private final StoreLinks links;
    private Dispatcher dispatcher;
    private RequestDecoder decoder;

    public TestGateway(String address, StoreMap stores, Commands commands, TokenSource tokens) {
        this(address, stores, commands, tokens, REPLY_BYTES_MAX);
    }

    public TestGateway(String address, StoreMap stores, Commands commands, TokenSource tokens, int replyBytesMax) {
        this(address, stores, StoreLinks.local(), commands, tokens, replyBytesMax);
    }

    public TestGateway(
            String address,
            StoreMap stores,
            StoreLinks links,
            Commands commands,
            TokenSource tokens,
            int replyBytesMax) {
        this.replyBytesMax = replyBytesMax;
        this.links = links;
        this.address = address;
        this.stores = stores;
        this.commands = commands;
        this.tokens = tokens;
    }

    @Override
    public Future<?> start() {
        dispatcher = new Dispatcher(
                links.link(vertx),
                new BatchBus(vertx.eventBus()),
                address,
                stores,
                tokens,
                replyBytesMax,
                new CommandMetrics(commands));
        decoder = new RequestDecoder(commands, 64);
        return dispatcher.open();
    }

    @Override
    public Future<?> stop() {
        return dispatcher.close();
    }

    /**
     * Sends messages, all in flight at once, with a flush after every {@code flushEvery}; done when the last reply was
     * flushed.
     */
    public Future<Replies> send(List<String> messages, int flushEvery) {
        return send(messages, flushEvery, Requester.SERVER);
    }

    /** Sends messages of a client; as {@link #send(List, int)}. */
    public Future<Replies> send(List<String> messages, int flushEvery, Requester client) {
        Promise<Replies> done = Promise.promise();
        context.runOnContext(go -> {
            try {
                Replies replies = new Replies(messages.size(), client, done);
                for (int i = 0; i < messages.size(); i++) {
                    byte[] text = messages.get(i).getBytes(UTF_8);
                    Request request = decoder.decode(text, 0, text.length);
                    if (request.fault() != null) {
                        throw new IllegalArgumentException(messages.get(i) + ": " + request.fault());
                    }
                    dispatcher.submit(request, replies, i);
                    if ((i + 1) % flushEvery == 0) {
                        dispatcher.flush();
                    }
                }
                dispatcher.flush();
            } catch (IllFormedTextException | RuntimeException e) {
                done.tryFail(e);
            }
        });
        return done.future();
    }

    /** Returns the number of batches that wait for replies. */
    public Future<Integer> unanswered() {
        Promise<Integer> promise = Promise.promise();
        context.runOnContext(go -> promise.complete(dispatcher.unanswered()));
        return promise.future();
    }

    /** The replies to messages that were sent together. */
    public static final class Replies implements ReplySink {

        private final Requester client;
        private final Promise<Replies> done;
        private final String[] texts;
        private int arrived;
        private int flushes;

        private Replies(int expected, Requester client, Promise<Replies> done) {
            this.texts = new String[expected];
            this.client = client;
            this.done = done;
        }

        @Override
        public Requester requester() {
            return client;
        }

        @Override
        public void reply(long slot, byte[] bytes, int from, int to) {
            if (texts[(int) slot] != null) {
                done.tryFail("a second reply in slot " + slot);
            }
            texts[(int) slot] = new String(bytes, from, to - from, UTF_8);
            arrived++;
        }

        @Override
        public void repliesEnd() {
            flushes++;
            if (arrived == texts.length) {
                done.tryComplete(this);
            }
        }

        /** Returns the replies in the order of the messages. */
        public List<String> texts() {
            return Arrays.asList(texts);
        }

        /** Returns the number of flushes. */
        public int flushes() {
            return flushes;
        }
    }
}
