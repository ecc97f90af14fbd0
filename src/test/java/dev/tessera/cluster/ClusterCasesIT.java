package dev.tessera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.MutableClock;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import dev.tessera.testing.cases.Case;
import dev.tessera.testing.cases.CaseFile;
import dev.tessera.testing.cases.CaseRunner;
import dev.tessera.testing.cases.Conversation;
import dev.tessera.testing.cases.Step;
import dev.tessera.testing.cases.WebSocketConversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the table of cases on the nodes of a cluster, each request on another node than the one before it. */
class ClusterCasesIT {

  private static final int NODES = 2;

  private static TestCluster cluster;
  private static TestCluster withoutSessions;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster(NODES).startAll();
    withoutSessions = new TestCluster(NODES);
    for (int number = 0; number < NODES; number++) {
      withoutSessions.put(number, withoutSessions.command(number).env("TESSERA_SESSIONS_ENABLED", "false"));
    }
    withoutSessions.awaitWhole();
  }

  @AfterAll
  static void stop() {
    cluster.close();
    withoutSessions.close();
  }

  /** Talks to all nodes in turn. */
  private static final class RoundRobin implements Conversation {

    private final List<Conversation> nodes = new ArrayList<>();
    private int next;

    RoundRobin(TestCluster cluster) throws Exception {
      for (int number = 0; number < NODES; number++) {
        nodes.add(new WebSocketConversation(TextSocket.connect(cluster.node(number).port())));
      }
    }

    @Override
    public String ask(String request) throws Exception {
      next = (next + 1) % nodes.size();
      return nodes.get(next).ask(request);
    }

    @Override
    public void close() {
      nodes.forEach(Conversation::close);
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldAnswerAsTheCasesSayFromEveryNode() {
    return Stream.of("messages.cases", "sessions.cases", "keys.cases", "search.cases").flatMap(ClusterCasesIT::cases)
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one, cluster, false)));
  }

  @TestFactory
  Stream<DynamicTest> shouldAnswerWithoutSessionsAsTheCasesSayFromEveryNode() {
    return cases("nosessions.cases").map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one, withoutSessions, true)));
  }

  /** Those that move the clock run where there is one to move. */
  private static Stream<Case> cases(String file) {
    try {
      return CaseFile.resource(file).stream().filter(one -> one.steps().stream().noneMatch(step -> step.kind() == Step.Kind.WAIT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Case one, TestCluster nodes, boolean clear) throws Exception {
    try (RoundRobin conversation = new RoundRobin(nodes)) {
      if (clear) {
        conversation.ask("{\"KV_CLEAR\":{}}");
      }
      CaseRunner.run(one, conversation, new MutableClock());
    }
  }

  @Test
  void shouldEndASessionInTimeOnEveryNode() throws Exception {
    try (RoundRobin conversation = new RoundRobin(cluster)) {
      String made = conversation.ask("{\"SH_NEW\":{\"name\":\"brief\",\"expiry\":{\"duration\":1,\"deleteSession\":true}}}");
      String token = made.replaceAll(".*\"tkn\":(\\d+).*", "$1");

      String answer = made;
      while (!answer.contains("\"exist\":[]")) {
        answer = conversation.ask("{\"SH_EXISTS\":{\"tkns\":[" + token + "]}}");
        assertThat(answer).startsWith("{\"SH_EXISTS_RSP\":{");
      }
      for (int number = 0; number < NODES; number++) {
        assertThat(conversation.ask("{\"KV_COUNT\":{\"tkn\":" + token + "}}")).startsWith("{\"KV_COUNT_RSP\":{\"st\":100,");
      }
    }
  }
}
