package dev.tessera.server;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.management.ManagementPage;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.StoreLinks;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.SessionClock;
import dev.tessera.impl.store.StoreVerticle;
import dev.tessera.impl.work.WorkerQueue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Optional;

/**
 * The part of a server that keeps the sessions: alone or as a node of a cluster. A server chooses it once; nothing else
 * asks which of the two it is. Its methods are thread-safe. They are declared in the order of a server's life.
 */
interface Backend {

    /** Starts the Vert.x that the server runs in. */
    Future<Vertx> startVertx(VertxOptions options);

    /** Returns the commands that the stores execute. */
    Commands commands();

    /** Returns which store has which partition. */
    StoreMap stores();

    /** Returns the links to the stores. */
    StoreLinks links();

    /**
     * Finds or makes the secret of shared sessions, and restores the sessions that the journal holds. Reads and writes
     * files, possibly for minutes, so it must not run on an event loop. Runs before the first store is deployed.
     *
     * @throws StartException if a directory is unusable or the journal is damaged
     */
    SharedSecret open(Vertx vertx, Metrics metrics);

    /** Returns the stores that the event loop of this number deploys beside its gateway. */
    List<StoreVerticle> storesOfLoop(int loop);

    /** Takes a share of the partitions, once clients can connect. Blocks. */
    void takePartitions();

    /** Returns the clock by which sessions expire. */
    SessionClock clock();

    /** Returns how many sessions this server holds, as of the last sweep. */
    long heldSessions();

    /** Returns how many keys this server holds, as of the last sweep. */
    long heldKeys();

    /** Returns the workers that evaluate searches and slow updates. */
    WorkerQueue workers();

    /** Returns the budget of the memory for sessions and keys on this server. */
    MemoryBudget memory();

    /** Returns whether enough nodes are there to execute commands. Does not block. */
    boolean enoughMembers();

    /** Returns in one line why changes are refused, or soon may be; empty if they are accepted. */
    String trouble();

    /** Returns the name of this node in its cluster; empty if the server runs alone. */
    Optional<String> nodeName();

    /** Returns the pages that the management endpoints show beside those of every server. */
    List<ManagementPage> managementPages();

    /** Writes the last changes to disk after the stores have stopped. Blocks. */
    void close();

    /** Hands the partitions over and leaves the cluster after the Vert.x has closed. Blocks. */
    void leave();
}
