package dev.tessera.server;

import dev.tessera.config.Settings;
import dev.tessera.impl.dataset.DatasetName;
import dev.tessera.impl.dataset.DatasetWriter;
import dev.tessera.impl.dataset.ReadLimits;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.transfer.Loaded;
import dev.tessera.impl.transfer.TransferMetrics;
import dev.tessera.impl.transfer.TransferOptions;
import dev.tessera.impl.transfer.TransferVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saves and loads of all sessions, among them the load at the start. Thread-safe. */
final class SaveAndLoad {

    private static final String ADDRESS = "tessera.gateway.transfer";

    private final Vertx vertx;
    private final ServerOptions.Saves options;
    private final TransferVerticle verticle;
    private final String deploymentId;

    private SaveAndLoad(Vertx vertx, ServerOptions.Saves options, TransferVerticle verticle, String deploymentId) {
        this.vertx = vertx;
        this.options = options;
        this.verticle = verticle;
        this.deploymentId = deploymentId;
    }

    /**
     * Checks that the server can write saves, if they are enabled. Waits for the disk, so it must not run on an event
     * loop.
     *
     * @throws StartException if it cannot write them
     */
    static void requireWritable(ServerOptions.Saves options) {
        if (!options.enabled()) {
            return;
        }
        Path path = options.path().orElseThrow();
        try {
            Files.delete(Files.createTempFile(path, ".writable", ".tmp"));
        } catch (IOException e) {
            throw new StartException(
                    Settings.SAVE_PATH.path() + ": " + path + " is not a directory that this process may write to ("
                            + e.getClass().getSimpleName() + "); create it, or set " + Settings.SAVE_ENABLED.path()
                            + " to false",
                    e);
        }
    }

    /** Opens the verticle of a server whose stores have started. */
    static Future<SaveAndLoad> open(ServerContext server, Metrics metrics) {
        ServerOptions.Saves options = server.options().saves();
        GatewayLimits limits = server.options().gateway().limits();
        TransferOptions transfer = new TransferOptions(
                options.path(),
                options.waitingMax(),
                DatasetWriter.FILE_BYTES,
                new ReadLimits(limits.payloadBytesMax(), limits.depthMax()),
                () -> new KeyedTokens(server.secret().bytes()),
                TransferMetrics.ofSaves(metrics),
                TransferMetrics.ofLoads(metrics));
        TransferVerticle verticle = new TransferVerticle(
                server.backend().stores(),
                server.stores().uncounted().dispatcher(server.vertx(), ADDRESS),
                transfer,
                server.wall(),
                server.backend().clock());
        return server.vertx()
                .deployVerticle(verticle)
                .map(id -> new SaveAndLoad(server.vertx(), options, verticle, id));
    }

    /** Loads the save that the configuration names, if it names one. */
    Future<Void> loadAtStart() {
        if (options.loadName().isEmpty()) {
            return Future.succeededFuture();
        }
        String name = options.loadName().get();
        Path path = options.loadPath().or(options::path).orElseThrow();
        String wrong = DatasetName.wrong(name);
        Future<Loaded> loading = wrong != null
                ? Future.succeededFuture(new Loaded(0, 0, "the name " + wrong))
                : verticle.load(path, name);
        return loading.compose(loaded -> loaded.failure() == null
                ? Future.succeededFuture()
                : Future.failedFuture(new StartException(
                        "cannot load '" + name + "' from " + path + ": " + loaded.failure()
                                + "; repair or remove that save, or start without " + Settings.LOAD_NAME.path(),
                        null)));
    }

    /** Ends a save or load that runs; see {@link TransferVerticle#endSoon}. */
    void endSoon() {
        verticle.endSoon();
    }

    /** Stops taking commands. */
    Future<Void> close() {
        return vertx.undeploy(deploymentId);
    }
}
