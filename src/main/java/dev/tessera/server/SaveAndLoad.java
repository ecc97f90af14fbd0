package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.dataset.DatasetName;
import dev.tessera.impl.dataset.DatasetWriter;
import dev.tessera.impl.dataset.ReadLimits;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.transfer.Loaded;
import dev.tessera.impl.transfer.TransferMetrics;
import dev.tessera.impl.transfer.TransferOptions;
import dev.tessera.impl.transfer.TransferVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What saves and loads sessions, and the load at the start. Thread-safe. */
final class SaveAndLoad {

    private static final String ADDRESS = "tessera.gateway.transfer";

    private final Vertx vertx;
    private final Configuration configuration;
    private final TransferVerticle verticle;
    private final String deploymentId;

    private SaveAndLoad(Vertx vertx, Configuration configuration, TransferVerticle verticle, String deploymentId) {
        this.vertx = vertx;
        this.configuration = configuration;
        this.verticle = verticle;
        this.deploymentId = deploymentId;
    }

    /**
     * Looks whether saves could be written, if they are to be. It waits for the disk, so not on an event loop.
     *
     * @throws StartException where they could not
     */
    static void requireWritable(Configuration configuration) {
        if (!configuration.get(Settings.SAVE_ENABLED)) {
            return;
        }
        Path path = configuration.get(Settings.SAVE_PATH).orElseThrow();
        try {
            Files.delete(Files.createTempFile(path, ".writable", ".tmp"));
        } catch (IOException e) {
            throw new StartException(
                    Settings.SAVE_PATH.path() + ": " + path + " is not a directory that this process may write to ("
                            + e.getClass().getSimpleName() + "); make it, or set " + Settings.SAVE_ENABLED.path()
                            + " to false",
                    e);
        }
    }

    /** Opens it for loops whose stores have started. */
    static Future<SaveAndLoad> open(Vertx vertx, Loops loops, Metrics metrics) {
        Configuration configuration = loops.configuration();
        // What it asks is asked by no client, so it is counted where nobody looks.
        Dispatcher dispatcher = new Dispatcher(
                loops.links().link(vertx),
                new BatchBus(vertx.eventBus()),
                ADDRESS,
                loops.stores(),
                new KeyedTokens(loops.secret().bytes()),
                configuration.get(Settings.MAX_REPLY_BYTES),
                new CommandMetrics(loops.commands()));
        TransferOptions options = new TransferOptions(
                configuration.get(Settings.SAVE_PATH),
                DatasetWriter.FILE_BYTES,
                new ReadLimits(configuration.get(Settings.MAX_PAYLOAD_BYTES), configuration.get(Settings.MAX_DEPTH)),
                TransferMetrics.ofSaves(metrics),
                TransferMetrics.ofLoads(metrics));
        TransferVerticle verticle = new TransferVerticle(loops.stores(), dispatcher, options, loops.clock());
        return vertx.deployVerticle(verticle).map(id -> new SaveAndLoad(vertx, configuration, verticle, id));
    }

    /** Loads the save that the configuration names, if it does. */
    Future<Void> loadAtStart() {
        Optional<String> name = configuration.get(Settings.LOAD_NAME);
        if (name.isEmpty()) {
            return Future.succeededFuture();
        }
        Path path = configuration
                .get(Settings.LOAD_PATH)
                .or(() -> configuration.get(Settings.SAVE_PATH))
                .orElseThrow();
        String wrong = DatasetName.wrong(name.get());
        Future<Loaded> loading = wrong != null
                ? Future.succeededFuture(new Loaded(0, 0, "the name " + wrong))
                : verticle.load(path, name.get());
        return loading.compose(loaded -> loaded.failure() == null
                ? Future.succeededFuture()
                : Future.failedFuture(new StartException(
                        "cannot load '" + name.get() + "' from " + path + ": " + loaded.failure()
                                + "; mend or remove that save, or start without " + Settings.LOAD_NAME.path(),
                        null)));
    }

    /** See {@link TransferVerticle#endSoon}. */
    void endSoon() {
        verticle.endSoon();
    }

    /** Takes no more commands. */
    Future<Void> close() {
        return vertx.undeploy(deploymentId);
    }
}
