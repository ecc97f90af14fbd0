package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.gateway.ConnectionCount;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.StoreLinks;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.store.StoreVerticle;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the event loops of one server share, and the loops themselves. Thread-safe. */
final class Loops {

    private final Configuration configuration;
    private final SharedPort port;
    private final ConnectionCount connectionCount;
    private final UnsentTotal unsentTotal;
    private final Commands commands;
    private final CommandMetrics commandMetrics;
    private final SharedSecret secret;
    private final Storage storage;
    private final StoreLinks links;
    private final ClusterNode node;
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<LoopVerticle> started = new CopyOnWriteArrayList<>();

    Loops(
            Configuration configuration,
            SharedPort port,
            ConnectionCount connectionCount,
            Commands commands,
            SharedSecret secret,
            Storage storage,
            StoreLinks links,
            ClusterNode node) {
        this.configuration = configuration;
        this.port = port;
        this.connectionCount = connectionCount;
        this.unsentTotal = UnsentTotal.of(configuration);
        this.commands = commands;
        this.commandMetrics = new CommandMetrics(commands);
        this.secret = secret;
        this.storage = storage;
        this.links = links;
        this.node = node;
    }

    Configuration configuration() {
        return configuration;
    }

    SharedPort port() {
        return port;
    }

    ConnectionCount connectionCount() {
        return connectionCount;
    }

    UnsentTotal unsentTotal() {
        return unsentTotal;
    }

    Commands commands() {
        return commands;
    }

    /** What clients ask, however they come. */
    CommandMetrics commandMetrics() {
        return commandMetrics;
    }

    StoreMap stores() {
        return storage.stores();
    }

    StoreLinks links() {
        return links;
    }

    SharedSecret secret() {
        return secret;
    }

    /** The store of this number, which one of the loops deploys. */
    StoreVerticle store(int number) {
        return storage.store(number);
    }

    /** Wall clock for the expiry of sessions. */
    Clock clock() {
        return storage.clock();
    }

    /** The stores, and what outlives the process. */
    Storage storage() {
        return storage;
    }

    /** This server as a node of a cluster; null where it runs alone. */
    ClusterNode node() {
        return node;
    }

    /** The number of one more loop: 0, 1, 2… */
    int nextNumber() {
        return numbers.getAndIncrement();
    }

    /** Notes a loop whose store is there. */
    void add(LoopVerticle loop) {
        started.add(loop);
    }

    /** Does something with every loop; done when all are done. */
    Future<Void> all(Function<LoopVerticle, Future<Void>> action) {
        return Future.all(started.stream().map(action).toList()).mapEmpty();
    }
}
