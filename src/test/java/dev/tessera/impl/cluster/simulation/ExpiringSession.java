package dev.tessera.impl.cluster.simulation;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Uses a session that ends when nobody uses it, with pauses that are sometimes too long, and sees to it that it ends
 * neither too early nor much too late, whoever owns its partition and whatever that node's clock says.
 */
final class ExpiringSession {

    private static final long DURATION_MS = 3_000;
    /** The time of a partition stands still while it moves, and while it has no owner. */
    private static final long LATE_MS_MAX = 2_000;

    private final SimulatedTime time;
    private final Random random;
    private final SimulatedGateway gateway;
    private final String token;
    private final String name;
    /** The session was certainly used at this instant or later. */
    private long usedAfterMs = Long.MIN_VALUE / 2;
    /** It was certainly not used after this instant, unless something is unknown. */
    private long usedBeforeMs = Long.MAX_VALUE / 2;

    private boolean unknown;
    private boolean over;
    private boolean stopped;
    int ends;

    ExpiringSession(SimulatedTime time, Random random, SimulatedGateway gateway, String token, String name) {
        this.time = time;
        this.random = random;
        this.gateway = gateway;
        this.token = token;
        this.name = name;
        create();
    }

    private void create() {
        long sentMs = time.nowMs();
        send(
                "{\"SH_NEW\":{\"name\":\"" + name + "\",\"shared\":true,\"expiry\":{\"duration\":" + DURATION_MS / 1000
                        + ",\"deleteSession\":true}}}",
                answer -> {
                    if (answer.contains("\"st\":1,")) {
                        used(sentMs);
                    } else {
                        // it is there after all, and nobody knows since when
                        usedAfterMs = Long.MIN_VALUE / 2;
                        usedBeforeMs = Long.MAX_VALUE / 2;
                    }
                });
    }

    /** Uses it no more. */
    void stop() {
        stopped = true;
    }

    private void act() {
        if (stopped) {
            return;
        }
        if (over) {
            over = false;
            create();
        } else {
            use();
        }
    }

    private void use() {
        long sentMs = time.nowMs();
        String command = random.nextBoolean()
                ? "{\"KV_COUNT\":{\"tkn\":" + token + "}}"
                : "{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"k\":1}}}";
        send(command, answer -> {
            if (answer.contains("\"st\":100,")) {
                if (time.nowMs() < usedAfterMs + DURATION_MS) {
                    throw new AssertionError("over " + (time.nowMs() - usedAfterMs) + " ms after it was used");
                }
                ends++;
                usedBeforeMs = Long.MAX_VALUE / 2;
                over = true;
                return;
            }
            if (sentMs > usedBeforeMs + DURATION_MS + LATE_MS_MAX) {
                throw new AssertionError("not over " + (sentMs - usedBeforeMs) + " ms after it was used: " + answer);
            }
            used(sentMs);
        });
    }

    private void used(long sentMs) {
        usedAfterMs = sentMs;
        usedBeforeMs = time.nowMs();
    }

    private void send(String command, Consumer<String> known) {
        gateway.submit(command, answer -> {
            if (answer.contains("\"st\":200,") || answer.contains("\"st\":201,")) {
                unknown = true;
            } else {
                if (unknown) {
                    // What was given up may have been applied until now, and will not be any more.
                    unknown = false;
                    usedBeforeMs = Math.max(usedBeforeMs, time.nowMs());
                }
                known.accept(answer);
            }
            time.after(random.nextInt((int) (DURATION_MS * 3 / 2)), this::act);
        });
    }
}
