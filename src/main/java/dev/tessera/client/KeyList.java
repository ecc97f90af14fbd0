package dev.tessera.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of keys as a stream. It requests a page if its handler has taken the page before and wants more. Thread: any
 * thread calls the methods; the handlers run on the context.
 */
final class KeyList<T> implements ReadStream<T> {

    /**
     * A page of the list.
     *
     * @param next the argument of the next request; null if this is the last page
     */
    record Page<T>(List<T> items, @Nullable String next) {}

    private final Context context;
    /** Requests a page from the place where the one before has ended; null for the first page. */
    private final Function<@Nullable String, Future<Page<T>>> pages;

    // The lock of this object guards the fields below.
    private @Nullable Handler<T> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private long demand = Long.MAX_VALUE;
    private boolean running;

    // Only the context uses the fields below.
    private Iterator<T> page = List.<T>of().iterator();
    private @Nullable String next;
    private boolean requesting;
    /** Whether {@link #page} is the last one. */
    private boolean complete;

    private @Nullable Throwable failure;
    private boolean ended;

    /** Creates a stream without a handler. */
    KeyList(Context context, Function<@Nullable String, Future<Page<T>>> pages) {
        this.context = context;
        this.pages = pages;
    }

    @Override
    public synchronized KeyList<T> handler(@Nullable Handler<T> newHandler) {
        handler = newHandler;
        return wake();
    }

    @Override
    public synchronized KeyList<T> endHandler(@Nullable Handler<Void> newHandler) {
        endHandler = newHandler;
        return wake();
    }

    @Override
    public synchronized KeyList<T> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return wake();
    }

    @Override
    public synchronized KeyList<T> pause() {
        demand = 0;
        return this;
    }

    @Override
    public KeyList<T> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public synchronized KeyList<T> fetch(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("amount must not be negative");
        }
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        return wake();
    }

    /** Goes on in a turn of its own, so that a handler that wants more does not run inside itself. */
    private synchronized KeyList<T> wake() {
        if (!running) {
            running = true;
            context.runOnContext(now -> run());
        }
        return this;
    }

    private void run() {
        synchronized (this) {
            running = false;
        }
        boolean handled = false;
        try {
            deliver();
            handled = true;
        } finally {
            if (!handled) {
                // The context reports what the handler has thrown. The stream goes on.
                wake();
            }
        }
    }

    private void deliver() {
        while (page.hasNext()) {
            Handler<T> to = takeDemand();
            if (to == null) {
                return;
            }
            to.handle(page.next());
        }
        if (failure != null || complete) {
            end();
        } else if (!requesting && isWanted()) {
            request();
        }
    }

    /** Returns the handler of the next item; null if it wants none now. */
    private synchronized @Nullable Handler<T> takeDemand() {
        if (!isWanted()) {
            return null;
        }
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        return handler;
    }

    private synchronized boolean isWanted() {
        return handler != null && demand > 0;
    }

    private void request() {
        requesting = true;
        pages.apply(next).onComplete((received, failed) -> {
            requesting = false;
            if (failed == null) {
                page = received.items().iterator();
                next = received.next();
                complete = next == null;
            } else {
                failure = failed;
            }
            wake();
        });
    }

    /** Reports the end once, as soon as there is a handler for it. */
    private void end() {
        Handler<Throwable> toFailure;
        Handler<Void> toEnd;
        synchronized (this) {
            toFailure = exceptionHandler;
            toEnd = endHandler;
        }
        if (ended) {
            return;
        }
        if (failure != null && toFailure != null) {
            ended = true;
            toFailure.handle(failure);
        } else if (failure == null && toEnd != null) {
            ended = true;
            toEnd.handle(null);
        }
    }
}
