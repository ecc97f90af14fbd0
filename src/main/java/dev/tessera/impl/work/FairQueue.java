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
 * A queue with one line for each client. It gives each {@linkplain Requester#origin origin} its turn, and in that turn
 * takes the next item of the next client of that origin. So a client waits for at most one item of each other origin,
 * and many connections from one address get no more turns than one. The items of one client stay in their order. A
 * blocked line has no turn.
 *
 * <p>The callers' limits in flight bound the items. Thread: one at a time.
 *
 * @param <T> the type of the items
 */
public final class FairQueue<T> {

    /** The clients of one origin. */
    private static final class Group<T> {

        private final long origin;
        /** The lines in the order of their turns. A line that is blocked or removed leaves when its turn comes. */
        private final Deque<Line<T>> round = new ArrayDeque<>();

        private int lines;
        private int items;
        private boolean inRound;

        private Group(long origin) {
            this.origin = origin;
        }
    }

    private static final class Line<T> {

        private final Requester client;
        private final Group<T> group;
        private final Deque<T> items = new ArrayDeque<>();
        private boolean blocked;
        private boolean inRound;

        private Line(Requester client, Group<T> group) {
            this.client = client;
            this.group = group;
        }
    }

    /** The lines that have items or are blocked. */
    private final Map<Requester, Line<T>> lines = new HashMap<>();
    /** The groups of these lines. */
    private final Map<Long, Group<T>> groups = new HashMap<>();
    /** The groups in the order of their turns. */
    private final Deque<Group<T>> round = new ArrayDeque<>();

    private int size;
    /** The items of blocked lines. */
    private int blockedItems;

    /** Adds an item at the end of the client's line. */
    public void add(Requester client, T item) {
        Line<T> line = line(client);
        line.items.addLast(item);
        count(line, 1);
        enter(line);
    }

    /** Adds an item at the head of the client's line, before all others. */
    public void addFirst(Requester client, T item) {
        Line<T> line = line(client);
        line.items.addFirst(item);
        count(line, 1);
        enter(line);
    }

    /** Removes and returns the next item of the client whose turn it is; null if there is none. */
    public @Nullable T poll() {
        for (Group<T> group = round.poll(); group != null; group = round.poll()) {
            group.inRound = false;
            T item = poll(group);
            if (!group.round.isEmpty()) {
                enter(group);
            }
            if (item != null) {
                return item;
            }
        }
        return null;
    }

    private @Nullable T poll(Group<T> group) {
        for (Line<T> line = group.round.poll(); line != null; line = group.round.poll()) {
            line.inRound = false;
            if (!line.blocked && !line.items.isEmpty()) {
                T item = line.items.removeFirst();
                count(line, -1);
                leaveIfEmpty(line);
                enter(line);
                return item;
            }
        }
        return null;
    }

    /** Lets no item of the client out until {@link #unblock}. */
    public void block(Requester client) {
        Line<T> line = line(client);
        if (!line.blocked) {
            line.blocked = true;
            blockedItems += line.items.size();
        }
    }

    /** Ends {@link #block}. */
    public void unblock(Requester client) {
        Line<T> line = line(client);
        if (line.blocked) {
            line.blocked = false;
            blockedItems -= line.items.size();
        }
        enter(line);
        leaveIfEmpty(line);
    }

    /** Removes and returns the newest item of a client that has one. */
    public T removeNewest(Requester client) {
        Line<T> line = line(client);
        T item = line.items.removeLast();
        count(line, -1);
        leaveIfEmpty(line);
        return item;
    }

    /** Removes and returns all items of a client. */
    public List<T> removeAll(Requester client) {
        Line<T> line = line(client);
        List<T> items = new ArrayList<>(line.items);
        count(line, -items.size());
        line.items.clear();
        leaveIfEmpty(line);
        return items;
    }

    /** Returns the clients that are gone and have items. */
    public List<Requester> gone() {
        return lines.values().stream()
                .filter(line -> line.client.isGone() && !line.items.isEmpty())
                .map(line -> line.client)
                .toList();
    }

    /** Returns the client with the most items of the origin with the most items. There must be one. */
    public Requester longest() {
        Group<T> largest = Collections.max(groups.values(), Comparator.comparingInt(group -> group.items));
        return lines.values().stream()
                .filter(line -> line.group == largest)
                .max(Comparator.comparingInt(line -> line.items.size()))
                .orElseThrow()
                .client;
    }

    /** Returns the number of items. */
    public int size() {
        return size;
    }

    /** Returns the number of items that {@link #poll} would return. */
    public int ready() {
        return size - blockedItems;
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
        Line<T> present = lines.get(client);
        if (present != null) {
            return present;
        }
        Group<T> group = groups.computeIfAbsent(client.origin(), Group::new);
        group.lines++;
        Line<T> line = new Line<>(client, group);
        lines.put(client, line);
        return line;
    }

    private void count(Line<T> line, int more) {
        line.group.items += more;
        size += more;
        blockedItems += line.blocked ? more : 0;
    }

    private void enter(Line<T> line) {
        if (!line.inRound && !line.blocked && !line.items.isEmpty()) {
            line.inRound = true;
            line.group.round.addLast(line);
            enter(line.group);
        }
    }

    private void enter(Group<T> group) {
        if (!group.inRound) {
            group.inRound = true;
            round.addLast(group);
        }
    }

    private void leaveIfEmpty(Line<T> line) {
        if (line.items.isEmpty() && !line.blocked) {
            lines.remove(line.client);
            if (--line.group.lines == 0) {
                groups.remove(line.group.origin);
            }
        }
    }
}
