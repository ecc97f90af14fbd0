package dev.tessera.impl.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * One thread of the generator with its connections: warms up, measures, then sends no more and waits for what is in
 * flight. It ends by itself, whatever the server does.
 */
final class LoadThread implements Callable<LoadRecorder> {

    private static final long SELECT_MS = 20;

    private final LoadPlan plan;
    private final List<LoadConnection> connections;
    private final Schedule schedule;
    private final LoadRecorder tally;
    private final Inbox inbox = new Inbox();
    private long left;
    private long inFlight;
    private long lastReplyNs;

    LoadThread(LoadPlan plan, List<LoadConnection> connections, Schedule schedule, LoadRecorder tally) {
        this.plan = plan;
        this.connections = connections;
        this.schedule = schedule;
        this.tally = tally;
        this.left = schedule.requests();
    }

    @Override
    public LoadRecorder call() throws IOException {
        try (Selector selector = Selector.open()) {
            for (LoadConnection connection : connections) {
                connection.channel().configureBlocking(false);
                connection.registered(connection.channel().register(selector, SelectionKey.OP_READ, connection));
            }
            run(selector);
        } catch (IOException e) {
            throw lost(e);
        }
        return tally;
    }

    private void run(Selector selector) throws IOException {
        long nowNs = System.nanoTime();
        lastReplyNs = nowNs;
        follow(nowNs);
        for (LoadConnection connection : connections) {
            request(connection, plan.pipeline(), nowNs);
        }
        while (inFlight > 0 && !Thread.currentThread().isInterrupted()) {
            selector.select(this::onReady, SELECT_MS);
            nowNs = System.nanoTime();
            follow(nowNs);
            if (nowNs - lastReplyNs > TimeUnit.MILLISECONDS.toNanos(plan.silenceMsMax())) {
                giveUp();
                return;
            }
        }
        tally.end(System.nanoTime());
        tally.publish();
    }

    /** Goes to the next phase when it is time. */
    private void follow(long nowNs) {
        if (!tally.measuring() && left > 0 && nowNs >= schedule.measureNs()) {
            tally.begin(nowNs);
        }
        if (nowNs >= schedule.endNs()) {
            tally.end(nowNs);
            left = 0;
        }
        tally.publish();
    }

    private void giveUp() {
        tally.end(lastReplyNs);
        tally.publish();
        for (long i = 0; i < inFlight; i++) {
            tally.error("no reply for " + plan.silenceMsMax() + " ms");
        }
    }

    private BenchException lost(IOException e) {
        return new BenchException("lost a connection to " + plan.address() + ": " + e.getMessage(), e);
    }

    private void onReady(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (key.isReadable()) {
                int replies = connection.read(inbox);
                long nowNs = System.nanoTime();
                if (replies > 0) {
                    inFlight -= replies;
                    lastReplyNs = nowNs;
                }
                request(connection, replies, nowNs);
            } else if (key.isWritable()) {
                connection.flush();
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void request(LoadConnection connection, int most, long nowNs) throws IOException {
        int count = (int) Math.min(most, left);
        if (schedule.requests() != Schedule.UNCOUNTED) {
            left -= count;
        }
        inFlight += count;
        connection.request(count, nowNs);
    }
}
