package dev.tessera.impl.cluster;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** The ports of the nodes that accept clients. Thread-safe; never empty while clients run. */
final class RunningNodes {

    private final List<Integer> ports = new CopyOnWriteArrayList<>();

    void add(int port) {
        ports.add(port);
    }

    void remove(int port) {
        ports.remove((Integer) port);
    }

    int any(Random random) {
        Object[] now = ports.toArray();
        return (Integer) now[random.nextInt(now.length)];
    }
}
