package dev.tessera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.TestCluster;
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

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster(NODES).startAll();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> shouldAnswerAsTheCasesSayFromEveryNode() {
    return RoundRobin.cases(cluster, "messages.cases", "sessions.cases", "keys.cases", "search.cases");
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
