package dev.tessera.impl.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class FairQueueTest {

    private record Item(Requester client, int number) {}

    private final FairQueue<Item> queue = new FairQueue<>();
    private final Requester heavy = new Requester();
    private final Requester light = new Requester();

    @Test
    void shouldTakeFromEachClientInTurn() {
        for (int i = 0; i < 3; i++) {
            queue.add(heavy, new Item(heavy, i));
        }
        queue.add(light, new Item(light, 0));

        assertThat(taken())
                .containsExactly(new Item(heavy, 0), new Item(light, 0), new Item(heavy, 1), new Item(heavy, 2));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldTakeFromEachOriginInTurnHoweverManyClientsItHas() {
        Requester[] many = {new Requester(7), new Requester(7), new Requester(7)};
        for (Requester one : many) {
            queue.add(one, new Item(one, 0));
            queue.add(one, new Item(one, 1));
        }
        queue.add(light, new Item(light, 0));
        queue.add(light, new Item(light, 1));

        assertThat(taken())
                .containsExactly(
                        new Item(many[0], 0),
                        new Item(light, 0),
                        new Item(many[1], 0),
                        new Item(light, 1),
                        new Item(many[2], 0),
                        new Item(many[0], 1),
                        new Item(many[1], 1),
                        new Item(many[2], 1));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldFindTheLongestLineOfTheOriginWithTheMost() {
        Requester[] many = {new Requester(7), new Requester(7)};
        for (int i = 0; i < 3; i++) {
            queue.add(light, new Item(light, i));
        }
        queue.add(many[0], new Item(many[0], 0));
        queue.add(many[0], new Item(many[0], 1));
        queue.add(many[1], new Item(many[1], 0));
        queue.add(many[1], new Item(many[1], 1));
        queue.removeNewest(many[0]);
        queue.add(many[1], new Item(many[1], 2));

        assertThat(queue.longest()).isSameAs(many[1]);
    }

    @Test
    void shouldPutAnItemBackBeforeTheOthersOfItsClient() {
        queue.add(heavy, new Item(heavy, 1));
        queue.add(light, new Item(light, 0));
        queue.addFirst(heavy, new Item(heavy, 0));

        assertThat(taken()).containsExactly(new Item(heavy, 0), new Item(light, 0), new Item(heavy, 1));
    }

    @Test
    void shouldGiveNoTurnToABlockedClient() {
        queue.block(heavy);
        queue.add(heavy, new Item(heavy, 0));
        queue.add(light, new Item(light, 0));

        assertThat(taken()).containsExactly(new Item(light, 0));
        assertThat(queue.isEmpty()).isFalse();
        queue.unblock(heavy);
        assertThat(taken()).containsExactly(new Item(heavy, 0));
        assertThat(queue.isEmpty()).isTrue();
    }

    private List<Item> taken() {
        List<Item> taken = new ArrayList<>();
        for (Item item = queue.poll(); item != null; item = queue.poll()) {
            taken.add(item);
        }
        return taken;
    }

    /** Compares random operations with a model that has one plain queue for each client. */
    @RepeatedTest(50)
    void shouldKeepItsPromisesUnderRandomUse(RepetitionInfo repetition) {
        long seed = 41L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<Requester> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(i < 3 ? new Requester() : new Requester(i / 2));
        }
        Map<Requester, Deque<Item>> model = new HashMap<>();
        Map<Requester, Map<Requester, Integer>> overtaken = new HashMap<>();
        Set<Requester> blocked = new HashSet<>();
        for (int step = 0; step < 2_000; step++) {
            Requester client = clients.get(random.nextInt(clients.size()));
            Deque<Item> line = model.computeIfAbsent(client, absent -> new ArrayDeque<>());
            Item item = new Item(client, step);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> {
                    line.addLast(item);
                    queue.add(client, item);
                }
                case 4 -> {
                    line.addFirst(item);
                    queue.addFirst(client, item);
                }
                case 5 -> {
                    blocked.add(client);
                    queue.block(client);
                }
                case 6, 7 -> {
                    if (blocked.remove(client)) {
                        overtaken.remove(client);
                        queue.unblock(client);
                    }
                }
                case 8 -> {
                    if (!line.isEmpty()) {
                        assertThat(queue.removeNewest(client))
                                .as("newest, seed %d", seed)
                                .isEqualTo(line.removeLast());
                    }
                }
                default -> poll(model, blocked, overtaken, seed);
            }
            int size = model.values().stream().mapToInt(Deque::size).sum();
            assertThat(queue.size()).as("nothing is lost, seed %d", seed).isEqualTo(size);
        }
        Requester gone = clients.get(0);
        assertThat(queue.removeAll(gone))
                .as("all of one client, seed %d", seed)
                .isEqualTo(List.copyOf(model.getOrDefault(gone, new ArrayDeque<>())));
        model.remove(gone);
        blocked.forEach(queue::unblock);
        blocked.clear();
        overtaken.clear();
        while (queue.size() > 0) {
            poll(model, blocked, overtaken, seed);
        }
        assertThat(queue.isEmpty()).as("empty, seed %d", seed).isTrue();
    }

    private void poll(
            Map<Requester, Deque<Item>> model,
            Set<Requester> blocked,
            Map<Requester, Map<Requester, Integer>> overtaken,
            long seed) {
        assertThat(queue.ready())
                .as("items that may have their turn, seed %d", seed)
                .isEqualTo(model.entrySet().stream()
                        .filter(line -> !blocked.contains(line.getKey()))
                        .mapToInt(line -> line.getValue().size())
                        .sum());
        Item next = queue.poll();
        if (next == null) {
            assertThat(model.entrySet())
                    .as("no item of a client that may have its turn is left, seed %d", seed)
                    .allMatch(line -> line.getValue().isEmpty() || blocked.contains(line.getKey()));
            return;
        }
        assertThat(blocked).as("no turn while blocked, seed %d", seed).doesNotContain(next.client);
        assertThat(next)
                .as("the order of a client, seed %d", seed)
                .isEqualTo(model.get(next.client).removeFirst());
        overtaken.remove(next.client);
        model.forEach((other, line) -> {
            if (other != next.client && !line.isEmpty() && !blocked.contains(other)) {
                int times = overtaken
                        .computeIfAbsent(other, absent -> new HashMap<>())
                        .merge(next.client, 1, Integer::sum);
                // A client at the end of the round sees each other origin once, as often as its own has clients.
                long own = model.keySet().stream()
                        .filter(client -> client.origin() == other.origin())
                        .count();
                assertThat(times)
                        .as("turns of another before the own one, seed %d", seed)
                        .isLessThanOrEqualTo((int) (2 * own));
            } else if (line.isEmpty()) {
                overtaken.remove(other);
            }
        });
    }
}
