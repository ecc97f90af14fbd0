package dev.tessera.impl.cluster.view;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node with a copy of the only partition. It serves as its owner by the rules of views: lease, grace, confirmations
 * of all copies in sync, and answers of enough members in the same view.
 */
final class ModelNode {

    static final long LEASE_MS = 2000;
    private static final long GRACE_MS = LEASE_MS * 11 / 10;
    private static final long TICK_MS = 200;
    private static final long SILENT_MS = 1500;
    private static final int COPIES = 1;

    /** A reply that waits: in the order of execution. */
    private record Waiting(long position, long executedMs, boolean write, LongConsumer reply, long value) {}

    final int id;
    private final ModelCluster cluster;
    private ModelView view;
    private Map<Integer, Long> data = new HashMap<>();
    /** The number of changes in the data. */
    private long position;
    /** The last view in which this copy took the state of the owner. */
    private long stateNumber;
    /** When the last answered ping of this view was sent, by member. */
    private final Map<Integer, Long> answered = new HashMap<>();

    private final Map<Integer, Long> heard = new HashMap<>();

    // As an owner.
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    /** The positions that the copies have confirmed. */
    private final Map<Integer, Long> confirmed = new HashMap<>();
    /** A copy that gets a snapshot, for which the owner waits already. */
    private @Nullable Integer joining;
    /** Whether it must wait until the lease of another owner is over. */
    private boolean grace;

    private long graceEndMs = Long.MAX_VALUE;

    ModelNode(int id, ModelCluster cluster, ModelView view) {
        this.id = id;
        this.cluster = cluster;
        this.view = view;
    }

    void start() {
        cluster.on(id, cluster.random.nextInt((int) TICK_MS), this::tick);
    }

    private long now() {
        return cluster.time.nowMs();
    }

    @Override
    public String toString() {
        return "node " + id + " in " + view + " at " + position + ", lease " + hasLease() + ", grace " + grace
                + " until " + graceEndMs + ", joining " + joining + ", confirmed " + confirmed + ", waiting "
                + waiting.size();
    }

    ModelView view() {
        return view;
    }

    // ---- time

    private void tick() {
        cluster.on(id, TICK_MS, this::tick);
        cluster.readView(id, this::learn);
        for (ModelNode other : cluster.nodes) {
            if (other.id != id) {
                ping(other.id);
            }
        }
        if (view.members().contains(id)) {
            suspect();
        }
        if (view.isOwner(id)) {
            copies().forEach(copy -> {
                if (confirmed.getOrDefault(copy, -1L) < position) {
                    sendState(copy);
                }
            });
            recruit();
            settle();
        }
    }

    private void ping(int to) {
        long number = view.number();
        long sentMs = now();
        cluster.send(id, to, other -> other.pinged(id, number, sentMs));
    }

    private void pinged(int from, long number, long sentMs) {
        hear(from);
        if (number == view.number()) {
            cluster.send(id, from, other -> other.answered(id, number, sentMs));
        }
        if (view.members().contains(id) && !view.members().contains(from)) {
            cluster.propose(id, view.with(from), this::learn);
        }
    }

    private void answered(int from, long number, long sentMs) {
        hear(from);
        if (number == view.number()) {
            answered.merge(from, sentMs, Math::max);
            if (grace && graceEndMs == Long.MAX_VALUE && hasLease()) {
                graceEndMs = now() + GRACE_MS;
            }
            settle();
        }
    }

    private void hear(int from) {
        heard.put(from, now());
    }

    /**
     * Proposes to remove a silent member. Only the owner drops a copy in sync: if others did, and the owner were dead,
     * no member with the data would be left. A silent owner has an heir that is not silent, or stays.
     */
    private void suspect() {
        for (int member : view.members()) {
            if (!isSilent(member)) {
                continue;
            }
            if (!view.isOwner(member)) {
                if (view.isOwner(id) || !view.inSync().contains(member)) {
                    cluster.propose(id, view.without(member), this::learn);
                    return;
                }
            } else {
                Optional<Integer> heir = view.inSync().stream()
                        .filter(copy -> view.members().contains(copy) && !isSilent(copy))
                        .findFirst();
                if (heir.isPresent()) {
                    cluster.propose(id, view.withHeir(heir.get()), this::learn);
                    return;
                }
            }
        }
    }

    private boolean isSilent(int member) {
        return member != id && now() - heard.getOrDefault(member, 0L) > SILENT_MS;
    }

    // ---- views

    private void learn(ModelView next) {
        if (next.number() <= view.number()) {
            return;
        }
        boolean ownedBefore = view.isOwner(id) && next.number() == view.number() + 1;
        view = next;
        answered.clear();
        if (!next.isOwner(id) || !ownedBefore) {
            // Its clients get no reply: the changes may be done or not.
            waiting.clear();
            confirmed.clear();
            joining = null;
        }
        if (!next.isOwner(id)) {
            grace = false;
            return;
        }
        if (!ownedBefore) {
            grace = cluster.rules.grace();
            graceEndMs = Long.MAX_VALUE;
            // The owner before may not have acknowledged the last changes, so they must be confirmed before a read.
            waiting.add(new Waiting(position, now(), true, value -> {}, 0));
        }
        if (joining != null
                && (next.inSync().contains(joining) || !next.members().contains(joining))) {
            joining = null;
        }
        confirmed.keySet().retainAll(copies());
        settle();
    }

    private boolean hasLease() {
        long members = view.members().stream()
                .filter(member -> member != id && now() - answered.getOrDefault(member, -LEASE_MS) < LEASE_MS)
                .count();
        return members >= cluster.membersMin - 1;
    }

    private boolean serves() {
        return view.isOwner(id) && (!cluster.rules.lease() || hasLease()) && (!grace || now() >= graceEndMs);
    }

    // ---- commands

    void write(int key, long value, LongConsumer reply) {
        if (serves()) {
            data.put(key, value);
            position++;
            copies().forEach(copy -> sendChange(copy, key, value));
            add(new Waiting(position, now(), true, reply, value));
        }
    }

    void read(int key, LongConsumer reply) {
        if (serves()) {
            add(new Waiting(position, now(), false, reply, data.getOrDefault(key, 0L)));
        }
    }

    private void add(Waiting one) {
        waiting.add(one);
        settle();
    }

    /** Sends the replies that may leave. */
    private void settle() {
        while (view.isOwner(id) && !waiting.isEmpty() && mayLeave(waiting.element())) {
            Waiting one = waiting.remove();
            one.reply.accept(one.value);
        }
    }

    private boolean mayLeave(Waiting one) {
        if (!one.write || !cluster.rules.confirmation()) {
            // A read leaves after the changes before it.
            return true;
        }
        boolean everywhere = copies().stream().allMatch(copy -> confirmed.getOrDefault(copy, -1L) >= one.position);
        long missing = cluster.membersMin - 1L - view.inSync().size();
        long still = view.members().stream()
                .filter(member -> member != id
                        && !view.inSync().contains(member)
                        && answered.getOrDefault(member, -1L) >= one.executedMs)
                .count();
        return everywhere && still >= missing;
    }

    // ---- copies

    /** Returns the copies for which a reply waits. */
    private Set<Integer> copies() {
        Set<Integer> copies = new TreeSet<>(view.inSync());
        if (joining != null) {
            copies.add(joining);
        }
        return copies;
    }

    private void recruit() {
        if (joining != null || view.inSync().size() >= COPIES) {
            return;
        }
        for (int member : view.members()) {
            if (member != id && !view.inSync().contains(member) && !isSilent(member)) {
                if (cluster.rules.wholeSnapshot()) {
                    joining = member;
                    sendState(member);
                } else {
                    cluster.propose(id, view.withCopy(member), this::learn);
                }
                return;
            }
        }
    }

    private void sendState(int to) {
        long number = view.number();
        long sentPosition = position;
        Map<Integer, Long> whole = new HashMap<>(data);
        cluster.send(id, to, copy -> copy.takeState(id, number, sentPosition, whole));
    }

    private void sendChange(int to, int key, long value) {
        long number = view.number();
        long sentPosition = position;
        cluster.send(id, to, copy -> copy.takeChange(id, number, sentPosition, key, value));
    }

    private void takeState(int owner, long number, long newPosition, Map<Integer, Long> whole) {
        hear(owner);
        if (number == view.number() && view.isOwner(owner)) {
            if (newPosition >= position || !stateTaken(number)) {
                data = new HashMap<>(whole);
                position = newPosition;
                stateNumber = number;
            }
            confirm(owner, number);
        }
    }

    private boolean stateTaken(long number) {
        return stateNumber == number;
    }

    private void takeChange(int owner, long number, long newPosition, int key, long value) {
        hear(owner);
        if (number == view.number() && view.isOwner(owner) && newPosition == position + 1 && stateTaken(number)) {
            data.put(key, value);
            position = newPosition;
            confirm(owner, number);
        }
    }

    private void confirm(int owner, long number) {
        long confirmedPosition = position;
        cluster.send(id, owner, other -> other.confirmed(id, number, confirmedPosition));
    }

    private void confirmed(int copy, long number, long copyPosition) {
        hear(copy);
        if (number != view.number() || !view.isOwner(id)) {
            return;
        }
        if (copies().contains(copy)) {
            confirmed.merge(copy, copyPosition, Math::max);
        }
        if (joining != null && joining == copy) {
            cluster.propose(id, view.withCopy(copy), this::learn);
        }
        settle();
    }
}
