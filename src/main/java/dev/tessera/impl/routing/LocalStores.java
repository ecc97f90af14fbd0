package dev.tessera.impl.routing;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.TokenSource;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.function.Supplier;

/**
 * The stores of the server that runs in a Vert.x, and all that one must know to send them commands. A server announces
 * them while it serves; whoever shares its Vert.x finds them. Immutable, and shared by all threads.
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
     * Describes stores that run.
     *
     * @param links the ways to them
     * @param tokens makes a source for one thread
     * @param depthMax how deep a command may nest
     * @param payloadBytesMax how large a command may be
     * @param replyBytesMax how large one answer may be
     * @param metrics where commands are counted
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

    /** The stores of the server in this Vert.x, or null where none serves. */
    public static LocalStores of(Vertx vertx) {
        return map(vertx).get(KEY);
    }

    /** Lets them be found. */
    public void announce(Vertx vertx) {
        map(vertx).put(KEY, this);
    }

    /** Lets them be found no more. */
    public void withdraw(Vertx vertx) {
        map(vertx).removeIfPresent(KEY, this);
    }

    /** A dispatcher to them that is still closed; {@code address} is its own on the event bus. */
    public Dispatcher dispatcher(Vertx vertx, String address) {
        return new Dispatcher(
                links.link(vertx, address),
                new BatchBus(vertx.eventBus()),
                address,
                stores,
                tokens.get(),
                replyBytesMax,
                metrics);
    }

    /** An intake in front of such a dispatcher. */
    public CommandIntake intake(Dispatcher dispatcher) {
        return new CommandIntake(new RequestDecoder(commands, depthMax), dispatcher, payloadBytesMax);
    }

    private static LocalMap<String, LocalStores> map(Vertx vertx) {
        return vertx.sharedData().getLocalMap(MAP);
    }
}
