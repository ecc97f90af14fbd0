package dev.tessera.impl.routing;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.TokenSource;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stores of the server in a Vert.x, with everything that a sender of commands needs. A server announces them while
 * it serves; clients in the same Vert.x find them. Immutable, and shared by all threads.
 */
public final class LocalStores implements Shareable {

    private static final String MAP = "tessera";
    private static final String KEY = "stores";

    private final Commands commands;
    private final StoreMap stores;
    private final StoreLinks links;
    private final Supplier<TokenSource> tokens;
    private final int depthMax;
    private final int payloadBytesMax;
    private final int replyBytesMax;
    private final CommandMetrics metrics;

    /**
     * Describes running stores.
     *
     * @param links the factory of links to them
     * @param tokens the factory of token sources, one for each thread
     * @param depthMax the deepest nesting of a command
     * @param payloadBytesMax the largest command
     * @param replyBytesMax the largest answer
     * @param metrics counts the commands
     */
    public LocalStores(
            Commands commands,
            StoreMap stores,
            StoreLinks links,
            Supplier<TokenSource> tokens,
            int depthMax,
            int payloadBytesMax,
            int replyBytesMax,
            CommandMetrics metrics) {
        this.commands = commands;
        this.stores = stores;
        this.links = links;
        this.tokens = tokens;
        this.depthMax = depthMax;
        this.payloadBytesMax = payloadBytesMax;
        this.replyBytesMax = replyBytesMax;
        this.metrics = metrics;
    }

    /** Returns the stores of the server in this Vert.x, or null if no server serves. */
    public static @Nullable LocalStores of(Vertx vertx) {
        return map(vertx).get(KEY);
    }

    /** Lets clients find the stores. */
    public void announce(Vertx vertx) {
        map(vertx).put(KEY, this);
    }

    /** Hides the stores from clients again. */
    public void withdraw(Vertx vertx) {
        map(vertx).removeIfPresent(KEY, this);
    }

    /** Returns the commands that the stores execute. */
    public Commands commands() {
        return commands;
    }

    /** Returns the same stores with separate metrics that no page shows, for commands that no client sends. */
    public LocalStores uncounted() {
        return new LocalStores(
                commands,
                stores,
                links,
                tokens,
                depthMax,
                payloadBytesMax,
                replyBytesMax,
                new CommandMetrics(commands));
    }

    /**
     * Returns a dispatcher to the stores that is not open yet.
     *
     * @param address its own address on the event bus
     */
    public Dispatcher dispatcher(Vertx vertx, String address) {
        return new Dispatcher(
                links.link(vertx),
                new BatchBus(vertx.eventBus()),
                address,
                stores,
                tokens.get(),
                replyBytesMax,
                metrics);
    }

    /** Returns an intake for such a dispatcher. */
    public CommandIntake intake(Dispatcher dispatcher) {
        return new CommandIntake(new RequestDecoder(commands, depthMax), dispatcher, payloadBytesMax);
    }

    private static LocalMap<String, LocalStores> map(Vertx vertx) {
        return vertx.sharedData().getLocalMap(MAP);
    }
}
