package dev.tessera.server;

import dev.tessera.command.Commands;
import dev.tessera.config.Configuration;
import dev.tessera.gateway.ConnectionCount;
import dev.tessera.routing.StoreLinks;
import dev.tessera.routing.StoreMap;
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
  private final Commands commands;
  private final StoreMap stores;
  private final StoreLinks links;
  private final SharedSecret secret;
  private final Clock clock;
  private final ClusterNode node;
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<LoopVerticle> started = new CopyOnWriteArrayList<>();

  Loops(Configuration configuration, SharedPort port, ConnectionCount connectionCount, Commands commands, StoreMap stores,
      StoreLinks links, SharedSecret secret, Clock clock, ClusterNode node) {
    this.configuration = configuration;
    this.port = port;
    this.connectionCount = connectionCount;
    this.commands = commands;
    this.stores = stores;
    this.links = links;
    this.secret = secret;
    this.clock = clock;
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

  Commands commands() {
    return commands;
  }

  StoreMap stores() {
    return stores;
  }

  StoreLinks links() {
    return links;
  }

  SharedSecret secret() {
    return secret;
  }

  Clock clock() {
    return clock;
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
