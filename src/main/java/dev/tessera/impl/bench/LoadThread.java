package dev.tessera.impl.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * One thread of the generator with its connections. It warms up, measures, stops sending and waits for the requests in
 * flight. A silent server cannot block it.
 */
final class LoadThread implements Callable<LoadRecorder> {

    private static final long SELECT_MS = 20;

    private final LoadPlan plan;
    private final List<LoadConnection> connections;
    private final Schedule schedule;
    private final LoadRecorder recorder;
    private final ReadBuffer readBuffer = new ReadBuffer();
    private long requestsLeft;
    private long inFlight;
    private long lastReplyNs;

    LoadThread(LoadPlan plan, List<LoadConnection> connections, Schedule schedule, LoadRecorder recorder) {
        this.plan = plan;
        this.connections = connections;
        this.schedule = schedule;
        this.recorder = recorder;
        this.requestsLeft = schedule.requests();
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
            endEarly(lost(e));
        } catch (BenchException e) {
            endEarly(e);
        }
        return recorder;
    }

    /** Keeps the figures so far, with the failure as an error; throws it if there are no figures yet. */
    private void endEarly(BenchException failure) {
        recorder.end(System.nanoTime());
        recorder.publish();
        if (recorder.answered() == 0) {
            throw failure;
        }
        recorder.error("ended early: " + failure.getMessage());
    }

    private void run(Selector selector) throws IOException {
        long nowNs = System.nanoTime();
        lastReplyNs = nowNs;
        enterNextPhase(nowNs);
        for (LoadConnection connection : connections) {
            request(connection, plan.pipeline(), nowNs);
        }
        while (inFlight > 0 && !Thread.currentThread().isInterrupted()) {
            selector.select(this::onReady, SELECT_MS);
            nowNs = System.nanoTime();
            enterNextPhase(nowNs);
            if (nowNs - lastReplyNs > TimeUnit.MILLISECONDS.toNanos(plan.silenceMsMax())) {
                giveUp();
                return;
            }
        }
        recorder.end(System.nanoTime());
        recorder.publish();
    }

    /** Enters the next phase if its time has come. */
    private void enterNextPhase(long nowNs) {
        if (!recorder.measuring() && requestsLeft > 0 && nowNs >= schedule.measureNs()) {
            recorder.begin(nowNs);
        }
        if (nowNs >= schedule.endNs()) {
            recorder.end(nowNs);
            requestsLeft = 0;
        }
        recorder.publish();
    }

    private void giveUp() {
        recorder.end(lastReplyNs);
        recorder.publish();
        for (long i = 0; i < inFlight; i++) {
            recorder.error("no reply for " + plan.silenceMsMax() + " ms");
        }
    }

    private BenchException lost(IOException e) {
        return new BenchException("lost a connection to " + plan.address() + ": " + e.getMessage(), e);
    }

    private void onReady(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (key.isReadable()) {
                int replies = connection.read(readBuffer);
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

    private void request(LoadConnection connection, int countMax, long nowNs) throws IOException {
        int count = (int) Math.min(countMax, requestsLeft);
        if (schedule.requests() != Schedule.UNCOUNTED) {
            requestsLeft -= count;
        }
        inFlight += count;
        connection.request(count, nowNs);
    }
}
