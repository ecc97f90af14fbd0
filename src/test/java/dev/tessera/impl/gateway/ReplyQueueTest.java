package dev.tessera.impl.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.memory.ObjectSize;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replies in order, also for a save: its request gets a first reply 120 (started) and later a second reply 121. */
@Tag(Layer.UNIT)
class ReplyQueueTest {

    private final List<String> written = new ArrayList<>();
    private final ReplyQueue queue =
            new ReplyQueue((bytes, from, to) -> written.add(new String(bytes, from, to - from, UTF_8)));

    @Test
    void shouldWriteTheSecondAnswerWhenItComes() {
        long save = queue.reserve(10);
        long next = queue.reserve(10);
        first(save, "120");
        answer(next, "a");
        assertThat(queue.pending()).isEqualTo(1);
        long later = queue.reserve(10);
        answer(save, "121");
        answer(later, "b");

        assertThat(written).containsExactly("120", "a", "121", "b");
        queue.checkAtRest();
    }

    @Test
    void shouldWriteTheSecondAnswerAfterTheFirst() {
        long slow = queue.reserve(10);
        long save = queue.reserve(10);
        long next = queue.reserve(10);
        first(save, "120");
        answer(next, "a");
        answer(save, "121");
        assertThat(written).isEmpty();
        assertThat(queue.waitingBytes())
                .isEqualTo(2 * ObjectSize.ofBytes("120".length()) + ObjectSize.ofBytes("a".length()));
        answer(slow, "slow");

        assertThat(written).containsExactly("slow", "120", "121", "a");
        queue.checkAtRest();
    }

    @Test
    void shouldOweTheSecondAnswer() {
        long save = queue.reserve(10);
        first(save, "120");

        assertThat(queue.pending()).isEqualTo(1);
        assertThatThrownBy(queue::checkAtRest).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldCountTheRequestsFromTheOldestWithoutAReplyOn() {
        long[] slots = new long[40];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = queue.reserve(i + 1);
        }
        assertThat(queue.requestBytes()).isEqualTo(820);
        answer(slots[1], "early");
        assertThat(queue.requestBytes()).isEqualTo(820);
        answer(slots[0], "next");
        assertThat(queue.requestBytes()).isEqualTo(820 - 1 - 2);
    }

    @Test
    void shouldCountTheRequestsWithoutAReplyAfterTheClientHasGone() {
        long[] slots = new long[3];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = queue.reserve(10 * (i + 1));
        }
        answer(slots[1], "early");

        queue.abandon();
        assertThat(queue.requestBytes()).isEqualTo(40);
        queue.forget(slots[2]);
        queue.forget(slots[0]);
        assertThat(queue.requestBytes()).isZero();
    }

    @Test
    void shouldKeepNoReplyOfAClientThatHasGone() {
        long slow = queue.reserve(10);
        long save = queue.reserve(10);
        long next = queue.reserve(10);
        first(save, "120");
        answer(save, "121");
        answer(next, "a");

        queue.abandon();
        assertThat(queue.waitingBytes()).isZero();
        queue.forget(slow);
        assertThat(queue.requestBytes()).isZero();
        assertThat(written).isEmpty();
    }

    private void first(long slot, String text) {
        queue.answerFirst(slot, text.getBytes(UTF_8), 0, text.length());
    }

    private void answer(long slot, String text) {
        queue.answer(slot, text.getBytes(UTF_8), 0, text.length());
    }
}
