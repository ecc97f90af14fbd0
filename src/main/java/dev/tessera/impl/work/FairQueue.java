package dev.tessera.impl.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue with one line for each client. It takes the next item from each line in turn, so that a client waits for at
 * most one item of each other client. The items of one client stay in their order. A blocked line has no turn.
 *
 * <p>The callers' limits in flight bound the items. Thread: one at a time.
 *
 * @param <T> the type of the items
 */
public final class FairQueue<T> {

    private static final class Line<T> {

        private final Requester client;
        private final Deque<T> items = new ArrayDeque<>();
        private boolean blocked;
        private boolean inRound;

        private Line(Requester client) {
            this.client = client;
        }
    }

    /** The lines that have items or are blocked. */
    private final Map<Requester, Line<T>> lines = new HashMap<>();
    /** The lines in the order of their turns. A line that is blocked or removed leaves when its turn comes. */
    private final Deque<Line<T>> round = new ArrayDeque<>();

    private int size;

    /** Adds an item at the end of the client's line. */
    public void add(Requester client, T item) {
        Line<T> line = line(client);
        line.items.addLast(item);
        size++;
        enter(line);
    }

    /** Adds an item at the head of the client's line, before all others. */
    public void addFirst(Requester client, T item) {
        Line<T> line = line(client);
        line.items.addFirst(item);
        size++;
        enter(line);
    }

    /** Removes and returns the next item of the client whose turn it is; null if there is none. */
    public @Nullable T poll() {
        for (Line<T> line = round.poll(); line != null; line = round.poll()) {
            line.inRound = false;
            if (!line.blocked && !line.items.isEmpty()) {
                T item = line.items.removeFirst();
                size--;
                leaveIfEmpty(line);
                enter(line);
                return item;
            }
        }
        return null;
    }

    /** Lets no item of the client out until {@link #unblock}. */
    public void block(Requester client) {
        line(client).blocked = true;
    }

    /** Ends {@link #block}. */
    public void unblock(Requester client) {
        Line<T> line = line(client);
        line.blocked = false;
        enter(line);
        leaveIfEmpty(line);
    }

    /** Removes and returns the newest item of a client that has one. */
    public T removeNewest(Requester client) {
        Line<T> line = line(client);
        T item = line.items.removeLast();
        size--;
        leaveIfEmpty(line);
        return item;
    }

    /** Removes and returns all items of a client. */
    public List<T> removeAll(Requester client) {
        Line<T> line = line(client);
        List<T> items = new ArrayList<>(line.items);
        size -= items.size();
        line.items.clear();
        leaveIfEmpty(line);
        return items;
    }

    /** Returns the client with the most items. There must be one. */
    public Requester longest() {
        return Collections.max(lines.values(), Comparator.comparingInt(line -> line.items.size())).client;
    }

    /** Returns the number of items. */
    public int size() {
        return size;
    }

    /** Returns the number of items of a client. */
    public int size(Requester client) {
        Line<T> line = lines.get(client);
        return line == null ? 0 : line.items.size();
    }

    /** Returns whether there is no item, and no blocked client. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    private Line<T> line(Requester client) {
        return lines.computeIfAbsent(client, Line::new);
    }

    private void enter(Line<T> line) {
        if (!line.inRound && !line.blocked && !line.items.isEmpty()) {
            line.inRound = true;
            round.addLast(line);
        }
    }

    private void leaveIfEmpty(Line<T> line) {
        if (line.items.isEmpty() && !line.blocked) {
            lines.remove(line.client);
        }
    }
}
