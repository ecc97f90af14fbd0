package dev.tessera.impl.cluster;

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
import org.junit.jupiter.api.DynamicTest;

/** A conversation with all nodes of a cluster in turn. */
final class RoundRobin implements Conversation {

    private final List<Conversation> nodes = new ArrayList<>();
    private int next;

    RoundRobin(TestCluster cluster) throws Exception {
        for (int number = 0; number < cluster.size(); number++) {
            nodes.add(new WebSocketConversation(
                    TextSocket.connect(cluster.node(number).port())));
        }
    }

    /** Returns the cases of some files as tests; each removes other sessions if it needs an empty server. */
    static Stream<DynamicTest> cases(TestCluster cluster, String... files) {
        return Stream.of(files)
                .flatMap(RoundRobin::withoutWaiting)
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    try (RoundRobin conversation = new RoundRobin(cluster)) {
                        conversation.ask("{\"KV_CLEAR\":{}}");
                        CaseRunner.run(one, conversation, new MutableClock());
                    }
                }));
    }

    /** Returns whether a case can run here; cases that move the clock cannot. */
    private static Stream<Case> withoutWaiting(String file) {
        try {
            return CaseFile.resource(file).stream()
                    .filter(one -> one.steps().stream().noneMatch(step -> step.kind() == Step.Kind.WAIT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
