package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.routing.StoreLinks;
import dev.tessera.routing.StoreMap;
import dev.tessera.store.StoreVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** The partitions of the cluster that a server belongs to. Thread-safe. */
final class ClusterStorage implements Storage {

  private final Vertx vertx;
  private final Configuration configuration;
  private final StartOptions options;
  private final ClusterNode node;

  ClusterStorage(Vertx vertx, Configuration configuration, StartOptions options, ClusterNode node) {
    this.vertx = vertx;
    this.configuration = configuration;
    this.options = options;
    this.node = node;
  }

  @Override
  public StoreMap stores() {
    return node.partitions().stores();
  }

  @Override
  public StoreLinks links() {
    return node.partitions();
  }

  @Override
  public Clock clock() {
    return options.clock();
  }

  @Override
  public StoreVerticle store(int number) {
    return null;
  }

  @Override
  public Future<SharedSecret> open() {
    return vertx.executeBlocking(() -> {
      SaveAndLoad.requireWritable(configuration);
      return node.secret();
    });
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
