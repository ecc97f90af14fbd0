package dev.tessera.impl.bench;

import java.util.List;

/** Small plans that are bounded by a number of requests and not by time. */
final class Plans {

    private Plans() {}

    /** Four connections with eight in flight and 20 keys in each of four sessions. */
    static LoadPlan counted(int port, Load load, long requests) {
        return new LoadPlan(
                List.of(address(port)),
                load,
                4,
                8,
                1,
                4,
                20,
                load.needsKeys(),
                50,
                64,
                0,
                LoadPlan.UNTIMED,
                requests,
                10_000);
    }

    static LoadPlan shaped(
            int port, Load load, int connections, int pipeline, int threads, int sessions, int valueBytes) {
        return new LoadPlan(
                List.of(address(port)),
                load,
                connections,
                pipeline,
                threads,
                sessions,
                20,
                load.needsKeys(),
                valueBytes,
                64,
                0,
                LoadPlan.UNTIMED,
                500,
                10_000);
    }

    static LoadPlan impatient(int port, Load load, long requests) {
        return new LoadPlan(
                List.of(address(port)),
                load,
                4,
                8,
                1,
                4,
                20,
                load.needsKeys(),
                50,
                64,
                0,
                LoadPlan.UNTIMED,
                requests,
                50);
    }

    private static ServerAddress address(int port) {
        return new ServerAddress("127.0.0.1", port, "/");
    }
}
