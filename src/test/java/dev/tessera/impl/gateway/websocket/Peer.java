package dev.tessera.impl.gateway.websocket;

import dev.tessera.testing.RawSocket;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A listener that records its events, acts as a test says, and lets the test use its link on the event loop. */
public final class Peer implements WebSocketListener {

    public static final String READ_COMPLETE = "readComplete";
    public static final String TOO_LARGE = "tooLarge";
    public static final String BINARY = "binary";
    public static final String NO_ROOM = "no room";
    public static final String WRITABLE = "writable";
    public static final String CLOSED = "closed";

    private final WebSocketLink link;
    private final Context context = Vertx.currentContext();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile BiConsumer<WebSocketLink, String> onText = (to, text) -> {};
    private volatile Consumer<WebSocketLink> onReadComplete = to -> {};
    private volatile Consumer<WebSocketLink> onTooLarge = to -> {};

    public Peer(WebSocketLink link) {
        this.link = link;
    }

    public void whenText(BiConsumer<WebSocketLink, String> action) {
        onText = action;
    }

    public void whenReadComplete(Consumer<WebSocketLink> action) {
        onReadComplete = action;
    }

    public void whenTooLarge(Consumer<WebSocketLink> action) {
        onTooLarge = action;
    }

    /** Answers each message with itself. */
    public void echo() {
        whenText(Peer::write);
        whenReadComplete(WebSocketLink::flush);
    }

    public static void write(WebSocketLink to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeText(bytes, 0, bytes.length);
    }

    /** Runs a task on the event loop, and waits for its result. */
    public <T> T call(Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(turn -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    public void run(Consumer<WebSocketLink> task) throws Exception {
        call(() -> {
            task.accept(link);
            return null;
        });
    }

    /** Uses the link. Call it on the event loop. */
    public void use(Consumer<WebSocketLink> task) {
        task.accept(link);
    }

    public boolean isWritable() throws Exception {
        return call(link::isWritable);
    }

    public long unsentBytes() throws Exception {
        return call(link::unsentBytes);
    }

    /** Waits for the next event that is not {@link #READ_COMPLETE}. */
    public String nextEvent() throws InterruptedException {
        String event = nextOfAll();
        while (event.equals(READ_COMPLETE)) {
            event = nextOfAll();
        }
        return event;
    }

    public String nextOfAll() throws InterruptedException {
        String event = events.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("no event");
        }
        return event;
    }

    /** Waits for an event, and drops the events before it. */
    public void await(String event) throws InterruptedException {
        String next;
        do {
            next = nextOfAll();
        } while (!next.equals(event));
    }

    /** Returns the events that nobody has asked for. */
    public List<String> eventsSoFar() {
        List<String> all = new ArrayList<>();
        events.drainTo(all);
        return all;
    }

    @Override
    public void onText(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        events.add(text);
        onText.accept(link, text);
    }

    @Override
    public void onBinary() {
        events.add(BINARY);
    }

    @Override
    public void onNoRoom() {
        events.add(NO_ROOM);
    }

    @Override
    public void onTooLarge() {
        events.add(TOO_LARGE);
        onTooLarge.accept(link);
    }

    @Override
    public void onReadComplete() {
        events.add(READ_COMPLETE);
        onReadComplete.accept(link);
    }

    @Override
    public void onWritable() {
        events.add(WRITABLE);
    }

    @Override
    public void onClosed() {
        events.add(CLOSED);
    }
}
