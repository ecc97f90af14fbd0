package dev.tessera.impl.cluster.simulation;

import java.util.Random;
import java.util.function.Consumer;

/**
 * A client of a session that expires without use. It makes pauses that are sometimes too long, and checks that the
 * session expires neither too early nor much too late, whichever node owns its partition and whatever its clock shows.
 */
final class ExpiringSession {

    private static final long DURATION_MS = 3_000;
    /** The clock of a partition stands still while the partition moves and while it has no owner. */
    private static final long LATE_MS_MAX = 2_000;

    private final SimulatedTime time;
    private final Random random;
    private final SimulatedGateway gateway;
    private final String token;
    private final String name;
    /** The last use of the session was at this instant or later. */
    private long usedAfterMs = Long.MIN_VALUE / 2;
    /** The last use was not after this instant, unless an outcome is unknown. */
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
        send("""
                        {"SH_NEW":{"name":"%s","shared":true,"expiry":{"duration":%s\
                        ,"deleteSession":true}}}""".formatted(name, DURATION_MS / 1000), answer -> {
            if (answer.contains("\"st\":1,")) {
                used(sentMs);
            } else {
                // The session exists after all, but its start is unknown.
                usedAfterMs = Long.MIN_VALUE / 2;
                usedBeforeMs = Long.MAX_VALUE / 2;
            }
        });
    }

    /** Stops using the session. */
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
        String command = random.nextBoolean() ? """
                        {"KV_COUNT":{"tkn":%s}}""".formatted(token) : """
                        {"KV_SET":{"tkn":%s,"keys":{"k":1}}}""".formatted(token);
        send(command, answer -> {
            if (answer.contains("\"st\":100,")) {
                if (time.nowMs() < usedAfterMs + DURATION_MS) {
                    throw new AssertionError("expired " + (time.nowMs() - usedAfterMs) + " ms after it was used");
                }
                ends++;
                usedBeforeMs = Long.MAX_VALUE / 2;
                over = true;
                return;
            }
            if (sentMs > usedBeforeMs + DURATION_MS + LATE_MS_MAX) {
                throw new AssertionError("not expired " + (sentMs - usedBeforeMs) + " ms after it was used: " + answer);
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
                    // The cluster may have applied an abandoned command until now, but will not apply it any more.
                    unknown = false;
                    usedBeforeMs = Math.max(usedBeforeMs, time.nowMs());
                }
                known.accept(answer);
            }
            time.after(random.nextInt((int) (DURATION_MS * 3 / 2)), this::act);
        });
    }
}
