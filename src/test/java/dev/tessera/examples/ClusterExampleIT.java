package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.client.SessionToken;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraException;
import dev.tessera.client.TesseraSession;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the examples in this JVM, which has no server: the nodes are other processes. */
class ClusterExampleIT {

  private static final int CALLS = 500;

  private TestCluster cluster;
  private Vertx vertx;

  @BeforeEach
  void join() throws Exception {
    cluster = new TestCluster(2).startAll();
    // Not an injected one: how a program joins is the example.
    vertx = Await.result(ClusterExample.join(cluster.name(), List.of("127.0.0.1:" + cluster.clusterPort(0),
        "127.0.0.1:" + cluster.clusterPort(1))));
  }

  @AfterEach
  void leave() throws Exception {
    if (vertx != null) {
      Await.result(vertx.close());
    }
    cluster.close();
  }

  @Test
  void shouldUseANodeAndThenAnother() throws Exception {
    TesseraClient tessera = TesseraClient.create(vertx);
    assertThat(Await.result(ClientExamples.firstSession(tessera))).containsExactly("visits", "theme");
    assertThat(Await.result(tessera.newSession("s").compose(ClientExamples::allDigits)))
        .isEqualTo("3.14159265358979323846264338327950288");
    SessionToken lobby = Await.result(ClientExamples.lobby(tessera)).token();
    assertThat(Await.result(ClientExamples.lobby(tessera)).token()).isEqualTo(lobby);
    requireOrder(Await.result(tessera.newSession("order")));
    assertThat(Await.result(CommandsExample.newBasket(vertx))).startsWith("{\"SH_NEW_RSP\":{\"st\":1,");
    String opened = Await.result(vertx.eventBus().<String>request("tessera.commands.n1", "{\"SH_OPEN\":{\"name\":\"lobby\"}}")
        .map(Message::body));
    assertThat(opened).contains(lobby.toString());
    try (TextSocket socket = TextSocket.connect(cluster.node(1).port())) {
      assertThat(socket.ask("{\"SH_OPEN\":{\"name\":\"lobby\"}}")).contains("\"tkn\":" + lobby);
    }

    cluster.node(0).terminate().awaitExit();
    requireCommandsGoOn(tessera, lobby);
    cluster.start(0);
    cluster.awaitWhole();
    cluster.node(1).terminate().awaitExit();
    requireCommandsGoOn(tessera, lobby);
  }

  /** What is called on one session without waiting is applied in that order. */
  private static void requireOrder(TesseraSession session) throws Exception {
    List<Future<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(session.set("last", i));
      calls.add(session.add("k" + i, i));
    }
    Await.result(Future.all(calls));

    assertThat(Await.result(session.get("last"))).hasToString(Integer.toString(CALLS - 1));
    List<String> keys = new ArrayList<>(List.of("last"));
    keys.addAll(IntStream.range(0, CALLS).mapToObj(i -> "k" + i).toList());
    assertThat(Await.result(session.keys())).isEqualTo(keys);
  }

  /** A call that was under way may be refused or unknown; those that come later find a node. */
  private static void requireCommandsGoOn(TesseraClient tessera, SessionToken lobby) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        assertThat(Await.result(tessera.session(lobby).info()).shared()).isTrue();
        return;
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOfSatisfying(TesseraException.class, refused ->
            assertThat(refused.status()).isIn(Status.UNAVAILABLE, Status.OUTCOME_UNKNOWN));
        assertThat(attempt).isLessThan(10);
      }
    }
  }

  @Test
  void shouldSayThatNoNodeIsThere() throws Exception {
    TesseraClient tessera = TesseraClient.create(vertx);
    cluster.node(0).kill();
    cluster.node(1).kill();

    assertThat(Await.failure(tessera.newSession("s"))).isInstanceOfSatisfying(TesseraException.class, refused ->
        assertThat(refused.status()).isEqualTo(Status.UNAVAILABLE));
    assertThat(Await.failure(CommandsExample.newBasket(vertx))).isInstanceOf(ReplyException.class);
  }
}
