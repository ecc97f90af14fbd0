package dev.tessera.impl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Layer;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class TransferQueueTest {

    private static final int REQUESTS_MAX = 4;

    private final List<String> events = new ArrayList<>();
    private Promise<Void> end = Promise.promise();
    private final TransferQueue<String> queue = new TransferQueue<>(REQUESTS_MAX, this::start, this::refuse);
    private final Requester heavy = new Requester();
    private final Requester light = new Requester();

    private io.vertx.core.Future<?> start(String request) {
        events.add(request);
        end = Promise.promise();
        return end.future();
    }

    private void refuse(String request, Fault fault) {
        events.add(request + " " + fault.status().code());
    }

    private void endAll() {
        while (end.tryComplete()) {
            // The next one has begun, unless none waits.
        }
    }

    @Test
    void shouldRunOneAtATimeAndTakeFromEachClientInTurn() {
        queue.add(heavy, "heavy 1");
        queue.add(heavy, "heavy 2");
        queue.add(heavy, "heavy 3");
        queue.add(light, "light 1");
        assertThat(events).containsExactly("heavy 1");
        endAll();

        assertThat(events).containsExactly("heavy 1", "heavy 2", "light 1", "heavy 3");
    }

    @Test
    void shouldRefuseTheNewestOfTheClientWithTheMost() {
        for (int i = 1; i <= REQUESTS_MAX; i++) {
            queue.add(heavy, "heavy " + i);
        }
        queue.add(light, "light 1");
        assertThat(events).containsExactly("heavy 1", "heavy 4 " + Status.LIMIT_EXCEEDED.code());
        endAll();

        assertThat(events).contains("heavy 2", "light 1", "heavy 3");
    }

    @Test
    void shouldRefuseWhatWaitsForAClientThatIsGone() {
        queue.add(light, "light 1");
        queue.add(heavy, "heavy 1");
        queue.add(heavy, "heavy 2");
        heavy.leave();
        queue.add(light, "light 2");
        assertThat(events)
                .containsExactly(
                        "light 1", "heavy 1 " + Status.UNAVAILABLE.code(), "heavy 2 " + Status.UNAVAILABLE.code());
        endAll();

        assertThat(events).endsWith("light 2");
    }

    @Test
    void shouldRefuseAllIfTheServerStops() {
        queue.add(heavy, "heavy 1");
        queue.add(heavy, "heavy 2");
        queue.add(light, "light 1");
        queue.refuseAll(new Fault(Status.UNAVAILABLE, TransferMessages.STOPPING));
        endAll();

        assertThat(events)
                .containsExactly(
                        "heavy 1", "heavy 2 " + Status.UNAVAILABLE.code(), "light 1 " + Status.UNAVAILABLE.code());
    }
}
