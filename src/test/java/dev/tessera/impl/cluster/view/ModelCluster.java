package dev.tessera.impl.cluster.view;

import dev.tessera.impl.cluster.simulation.SimulatedTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Nodes, the network between them, and the register of views. Messages get lost and come late. A frozen node does
 * nothing, and then everything that lay in its sockets, in order. A killed node comes back at once with another id and
 * without data, as long as some node has the data. Links are cut in one direction or both. The register serves a node
 * that reaches a majority of nodes which are not frozen; it is a consensus that others provide.
 */
final class ModelCluster {

    private static final int DELAY_MS_MAX = 5;
    private static final int LATE_MS_MAX = 4000;
    private static final int REGISTER_MS_MAX = 20;

    final SimulatedTime time;
    final Random random;
    final Rules rules;
    final History history;
    final int membersMin;
    final List<ModelNode> nodes = new ArrayList<>();
    private final boolean[][] cut;
    private final boolean[] frozen;
    private final List<ArrayDeque<Runnable>> inboxes = new ArrayList<>();
    private final double badShare;
    private boolean calm;
    private ModelView registered;
    int views;
    int kills;

    ModelCluster(int size, Random random, Rules rules) {
        this.time = new SimulatedTime();
        this.random = random;
        this.rules = rules;
        this.history = new History();
        this.membersMin = size / 2 + 1;
        this.cut = new boolean[size][size];
        this.frozen = new boolean[size];
        this.badShare = random.nextInt(3) == 0 ? 0 : 0.1 * random.nextDouble();
        Set<Integer> all = new TreeSet<>(IntStream.range(0, size).boxed().toList());
        this.registered = new ModelView(1, all, 0, Set.of(1));
        for (int i = 0; i < size; i++) {
            inboxes.add(new ArrayDeque<>());
            nodes.add(new ModelNode(i, this, registered));
        }
        nodes.forEach(ModelNode::start);
    }

    // ---- the network

    /** Runs an action on a node when its time has come, or after the node wakes. */
    void on(int node, long delayMs, Runnable action) {
        time.after(delayMs, () -> {
            int place = place(node);
            if (nodes.get(place).id != node) {
                return;
            }
            if (frozen[place]) {
                inboxes.get(place).add(action);
            } else {
                action.run();
            }
        });
    }

    /** Returns the place of a node; nodes that follow each other at a place have different ids. */
    private int place(int node) {
        return node % nodes.size();
    }

    private boolean isCut(int from, int to) {
        return cut[place(from)][place(to)];
    }

    void send(int from, int to, Consumer<ModelNode> message) {
        if (!isCut(from, to) && !isBad()) {
            long delayMs = isBad() ? random.nextInt(LATE_MS_MAX) : 1 + random.nextInt(DELAY_MS_MAX);
            time.after(delayMs, () -> {
                // A cut drops what is on its way, too.
                if (!isCut(from, to)) {
                    on(to, 0, () -> message.accept(nodes.get(place(to))));
                }
            });
        }
    }

    private boolean isBad() {
        return !calm && random.nextDouble() < badShare;
    }

    // ---- the register

    /** Reads the view in force. */
    void readView(int node, Consumer<ModelView> done) {
        register(node, () -> registered, done);
    }

    /** Puts a view in force if it follows the present one. Returns the one that is in force then. */
    void propose(int node, ModelView next, Consumer<ModelView> done) {
        register(
                node,
                () -> {
                    if (registered.number() + 1 == next.number()) {
                        registered = next;
                        views++;
                    }
                    return registered;
                },
                done);
    }

    private void register(int node, Supplier<ModelView> operation, Consumer<ModelView> done) {
        time.after(1 + random.nextInt(REGISTER_MS_MAX), () -> {
            if (reachesMajority(node) && !isBad()) {
                ModelView result = operation.get();
                if (!isBad()) {
                    on(node, 1 + random.nextInt(REGISTER_MS_MAX), () -> done.accept(result));
                }
            }
        });
    }

    private boolean reachesMajority(int node) {
        return IntStream.range(0, nodes.size())
                        .filter(other -> !frozen[other] && !cut[place(node)][other] && !cut[other][place(node)])
                        .count()
                >= membersMin;
    }

    // ---- faults

    void freeze(int place, long ms) {
        if (!frozen[place]) {
            frozen[place] = true;
            time.after(ms, () -> wake(place));
        }
    }

    private void wake(int place) {
        frozen[place] = false;
        ArrayDeque<Runnable> inbox = inboxes.get(place);
        while (!inbox.isEmpty()) {
            inbox.remove().run();
        }
    }

    /** Kills a node, unless it is the only one with the data, and starts another in its place. */
    void kill(int place) {
        int dead = nodes.get(place).id;
        if (!hasDataWithout(dead)) {
            return;
        }
        kills++;
        inboxes.get(place).clear();
        ModelNode next = new ModelNode(dead + nodes.size(), this, new ModelView(0, Set.of(), null, Set.of()));
        nodes.set(place, next);
        next.start();
    }

    /**
     * Returns whether a node that lives has every acknowledged change. None has if the owner drops a silent copy and
     * dies before it has another one: that is a limit of the promise.
     */
    boolean hasData() {
        return hasDataWithout(-1);
    }

    private boolean hasDataWithout(int node) {
        Set<Integer> whole = new TreeSet<>(registered.inSync());
        if (registered.owner() != null) {
            whole.add(registered.owner());
        }
        return whole.stream().anyMatch(one -> one != node && nodes.get(place(one)).id == one);
    }

    /** Cuts links of a node, or one link, in one or both directions. */
    void cut(long ms) {
        int a = random.nextInt(nodes.size());
        boolean whole = random.nextBoolean();
        int one = (a + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
        int direction = random.nextInt(3);
        for (int b = 0; b < nodes.size(); b++) {
            if (b != a && (whole || b == one)) {
                cut[a][b] |= direction != 1;
                cut[b][a] |= direction != 0;
                int other = b;
                time.after(ms, () -> {
                    cut[a][other] = false;
                    cut[other][a] = false;
                });
            }
        }
    }

    void calmDown() {
        calm = true;
    }
}
