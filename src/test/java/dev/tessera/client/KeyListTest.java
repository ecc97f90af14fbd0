package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.client.KeyList.Page;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.WriteStream;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stream over the pages of a list. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class KeyListTest {

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> received = Collections.synchronizedList(new ArrayList<>());
    private final Promise<Void> end = Promise.promise();

    private Context context;
    private KeyList<Integer> list;

    @BeforeEach
    void newList(Vertx vertx) {
        context = vertx.getOrCreateContext();
        list = new KeyList<>(context, this::page);
    }

    /** Returns the pages [0, 1], [], [2, 3] and [4]. */
    private Future<Page<Integer>> page(@Nullable String after) {
        requests.add(String.valueOf(after));
        int number = after == null ? 0 : Integer.parseInt(after);
        List<List<Integer>> pages = List.of(List.of(0, 1), List.of(), List.of(2, 3), List.of(4));
        return Future.succeededFuture(
                new Page<>(pages.get(number), number + 1 < pages.size() ? String.valueOf(number + 1) : null));
    }

    @Test
    void shouldDeliverAllPagesAndThenTheEnd() throws Exception {
        list.handler(received::add).endHandler(end::complete);

        Await.result(end.future());

        assertThat(received).containsExactly(0, 1, 2, 3, 4);
        assertThat(requests).containsExactly("null", "1", "2", "3");
    }

    @Test
    void shouldCollectFromAnyThread() throws Exception {
        assertThat(Await.result(list.collect(Collectors.toList()))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldReportTheEndToAHandlerThatComesLater() throws Exception {
        list.handler(received::add);
        Await.until(() -> received.size() == 5);
        turn();

        list.endHandler(end::complete);

        Await.result(end.future());
    }

    @Test
    void shouldRequestNoPageThatNobodyWants() throws Exception {
        list.endHandler(end::complete);
        turn();
        assertThat(requests).isEmpty();

        list.pause().handler(received::add);
        turn();
        assertThat(requests).isEmpty();

        list.fetch(1);
        Await.until(() -> received.size() == 1);
        turn();
        assertThat(received).containsExactly(0);

        list.fetch(1);
        Await.until(() -> received.size() == 2);
        turn();
        assertThat(requests).containsExactly("null");

        list.fetch(1);
        Await.until(() -> received.size() == 3);
        turn();
        assertThat(requests).containsExactly("null", "1", "2");
        assertThat(end.future().isComplete()).isFalse();

        list.resume();
        Await.result(end.future());
        assertThat(received).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldStopWithinAPage() throws Exception {
        list.handler(item -> {
            received.add(item);
            list.pause();
        });
        Await.until(() -> received.size() == 1);
        turn();

        assertThat(received).containsExactly(0);
        // In one turn: between two turns the handler would take an item and pause again.
        context.runOnContext(now -> list.fetch(Long.MAX_VALUE).fetch(Long.MAX_VALUE));
        Await.until(() -> received.size() == 2);
        turn();
        assertThat(received).containsExactly(0, 1);
    }

    @Test
    void shouldRequestNothingMoreAfterItsHandlerIsGone() throws Exception {
        list.handler(item -> {
            received.add(item);
            if (item == 1) {
                list.handler(null);
                list.resume();
            }
        });
        Await.until(() -> received.size() == 2);
        turn();

        assertThat(requests).containsExactly("null");
    }

    @Test
    void shouldNotRunAHandlerWithinItself() throws Exception {
        AtomicBoolean within = new AtomicBoolean();
        list.pause();
        list.handler(item -> {
            assertThat(within.getAndSet(true)).isFalse();
            received.add(item);
            list.fetch(1);
            within.set(false);
        });
        list.endHandler(end::complete);
        list.fetch(1);

        Await.result(end.future());

        assertThat(received).hasSize(5);
    }

    @Test
    void shouldGoOnAfterAHandlerHasThrown() throws Exception {
        List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());
        context.exceptionHandler(reported::add);
        IllegalStateException failure = new IllegalStateException("handler");
        list.endHandler(end::complete);
        list.handler(item -> {
            received.add(item);
            if (item == 0) {
                throw failure;
            }
        });

        Await.result(end.future());

        assertThat(received).containsExactly(0, 1, 2, 3, 4);
        assertThat(reported).containsExactly(failure);
    }

    @Test
    void shouldReportTheFailureOfAPageOnceAndNoEnd() throws Exception {
        IllegalStateException failure = new IllegalStateException("page");
        List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());
        list = new KeyList<>(context, after -> after == null ? page(null) : Future.failedFuture(failure));
        list.exceptionHandler(reported::add).endHandler(end::complete).handler(received::add);

        Await.until(() -> reported.size() == 1);
        list.resume();
        turn();

        assertThat(received).containsExactly(0, 1);
        assertThat(reported).containsExactly(failure);
        assertThat(end.future().isComplete()).isFalse();
    }

    @Test
    void shouldRequestNothingMoreAfterThePipeHasFailed() throws Exception {
        Promise<Void> piped = Promise.promise();
        context.runOnContext(now -> list.pipeTo(new FailingStream()).onComplete(piped));

        assertThat(Await.failure(piped.future())).hasMessage("full");
        turn();

        assertThat(requests).containsExactly("null");
    }

    @Test
    void shouldRefuseANegativeAmount() {
        assertThatThrownBy(() -> list.fetch(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Waits until the context has done all that it has to do now, and all that this causes. */
    private void turn() throws Exception {
        for (int i = 0; i < 3; i++) {
            Promise<Void> turned = Promise.promise();
            context.runOnContext(turned::complete);
            Await.result(turned.future());
        }
    }

    /** A stream that accepts nothing. */
    private static final class FailingStream implements WriteStream<Integer> {

        @Override
        public WriteStream<Integer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Future<Void> write(Integer item) {
            return Future.failedFuture("full");
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }

        @Override
        public WriteStream<Integer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Integer> drainHandler(@Nullable Handler<Void> handler) {
            return this;
        }
    }
}
