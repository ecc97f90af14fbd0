package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.impl.jsonpath.reference.Node;
import dev.tessera.impl.jsonpath.reference.Query;
import dev.tessera.impl.jsonpath.reference.RandomQueries;
import dev.tessera.impl.jsonpath.reference.Tree;
import dev.tessera.impl.jsonpath.reference.TreeWriter;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A comparison of the engine with the one of the {@code reference} package, on random documents and queries. */
@Tag(Layer.MODEL)
class RandomizedSearchTest {

    private static final int CASES = 40_000;
    /** The first seed. To repeat a failure, set the property to its seed. */
    private final long firstSeed = Long.getLong("jsonpath.seed", System.nanoTime());

    @Test
    void shouldSelectWhatAPlainTreeEvaluatorSelects() {
        int selected = 0;
        for (long seed = firstSeed; seed < firstSeed + CASES; seed++) {
            Random random = new Random(seed);
            Tree document = Tree.random(random, 4);
            Query query = new RandomQueries(random).query();
            Node root = new Node(document, "$");
            List<Node> expected = query.nodes(root, root);
            String json = TreeWriter.write(document, seed);

            Search found = Search.run(query.toString(), json);

            String description = "-Djsonpath.seed=" + seed + " query " + query + " on " + json;
            assertThat(found.paths())
                    .as(description)
                    .isEqualTo(expected.stream().map(Node::path).toList());
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThat(JsonPath.compile(query.toString()).matches(bytes, 0, bytes.length, Budgets.unlimited()))
                    .as(description)
                    .isEqualTo(!expected.isEmpty());
            selected += expected.isEmpty() ? 0 : 1;
        }
        assertThat(selected).as("cases that select something").isGreaterThan(CASES / 5);
    }

    @Test
    void shouldReplaceWhatAPlainRewriteReplaces() {
        for (long seed = firstSeed; seed < firstSeed + CASES; seed++) {
            Random random = new Random(seed);
            Tree document = Tree.random(random, 4);
            Query query = new RandomQueries(random).query();
            Node root = new Node(document, "$");
            IdentityHashMap<Tree, String> replaced = new IdentityHashMap<>();
            query.nodes(root, root).forEach(node -> replaced.put(node.value(), "<new>"));
            String json = TreeWriter.write(document, seed);
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

            UpdateResult result = JsonPath.compile(query.toString())
                    .update(
                            bytes,
                            0,
                            bytes.length,
                            "<new>".getBytes(StandardCharsets.UTF_8),
                            Integer.MAX_VALUE,
                            Budgets.unlimited());

            String expected = TreeWriter.write(document, seed, replaced);
            String description = "-Djsonpath.seed=" + seed + " query " + query + " on " + json;
            assertThat(new String(result.json(), StandardCharsets.UTF_8))
                    .as(description)
                    .isEqualTo(expected);
            assertThat(result.count()).as(description).isEqualTo(expected.split("<new>", -1).length - 1);
        }
    }
}
