package dev.tessera.impl.bench;

import java.util.List;

/** Small plans that end after a number of requests, not after a time. */
final class Plans {

    private Plans() {}

    /** Returns a plan of four connections with eight requests in flight each, and four sessions with 20 keys each. */
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
