package dev.tessera.server;

import dev.tessera.routing.StoreLinks;
import dev.tessera.routing.StoreMap;
import dev.tessera.store.StoreVerticle;
import io.vertx.core.Future;
import java.time.Clock;

/** Where the partitions of a server are, and what outlives the process. Thread-safe. */
interface Storage {

  /** Which store owns which token. */
  StoreMap stores();

  /** The ways to the stores. */
  StoreLinks links();

  /** Wall clock for the expiry of sessions. */
  Clock clock();

  /** The store of this number, which one of the loops deploys; null where the partitions are not the loops'. */
  StoreVerticle store(int number);

  /** Finds or makes the secret, and does whatever else must come before the stores are used. */
  Future<SharedSecret> open();

  /** Ends what {@link #open} began, once the stores have stopped. */
  Future<Void> close();
}
