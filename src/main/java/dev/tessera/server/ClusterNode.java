package dev.tessera.server;

import dev.tessera.cluster.ClusterException;
import dev.tessera.cluster.ClusterMember;
import dev.tessera.config.Configuration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** A server's place in a cluster: the member, and the secret that it shares with the others. Thread-safe. */
final class ClusterNode {

  private final ClusterMember member;
  private final SharedSecret secret;

  private ClusterNode(ClusterMember member, SharedSecret secret) {
    this.member = member;
    this.secret = secret;
  }

  /**
   * Joins the cluster. Blocks.
   *
   * @throws StartException if it cannot
   */
  static ClusterNode join(Configuration configuration) throws InterruptedException {
    SharedSecret own = SharedSecret.find(configuration);
    ClusterMember member;
    try {
      member = ClusterMember.join(configuration, own.bytes(), own.isChosen());
    } catch (ClusterException e) {
      throw new StartException(e.getMessage(), e);
    }
    try {
      return new ClusterNode(member, own.agreed(member.secret()).keep(configuration));
    } catch (StartException e) {
      member.leave();
      throw e;
    }
  }

  /** Starts the Vert.x of this node. */
  Future<Vertx> startVertx(VertxOptions options) {
    return member.startVertx(options);
  }

  ClusterMember member() {
    return member;
  }

  SharedSecret secret() {
    return secret;
  }

  boolean enoughMembers() {
    return member.watch().enoughMembers();
  }

  /** How the cluster stands, for the management endpoint. Blocks. */
  String stateJson() {
    return member.watch().state().toJson();
  }
}
