package dev.tessera.impl.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag(Layer.UNIT)
class PendingBatchTest {

    private static final int SLOT_THAT_FAILS = 1;

    private final PendingBatch pending = new PendingBatch(new CommandBatch("gateway", 7, new ReplyBacklog(0)));
    private final List<String> told = new ArrayList<>();
    private final ReplySink sink = new ReplySink() {
        @Override
        public void reply(long slot, byte[] bytes, int from, int to) {
            if (slot == SLOT_THAT_FAILS) {
                throw new OutOfMemoryError("expected by the test: no room for an answer");
            }
            told.add("reply " + slot);
        }

        @Override
        public void begun(long slot, byte[] bytes, int from, int to) {
            told.add("begun " + slot);
        }

        @Override
        public void lost(long slot) {
            told.add("lost " + slot);
        }

        @Override
        public void repliesEnd() {
            told.add("end");
        }
    };

    PendingBatchTest() {
        for (int slot = 0; slot < 4; slot++) {
            pending.add(Request.unnamed(Fault.INTERNAL), sink, slot);
        }
    }

    @Test
    @ExpectLog(from = PendingBatch.class, level = Level.ERROR, message = "reply")
    void shouldHandOverTheOtherRepliesIfASinkFails() {
        pending.take(new ReplyBatch(7, 0, new byte[4], new int[] {1, 2, 3, 4}), new ArrayList<>());

        assertThat(pending.isAnswered()).isTrue();
        assertThat(told).containsExactly("reply 0", "lost 1", "reply 2", "reply 3");
    }

    @Test
    void shouldTellAllSinksWithoutAReplyThatItIsLost() {
        List<ReplySink> replied = new ArrayList<>();
        pending.take(new ReplyBatch(7, 0, new byte[1], new int[] {1}), replied);
        assertThat(pending.isAnswered()).isFalse();
        pending.lose(1, 4);
        assertThat(pending.isAnswered()).isTrue();

        assertThat(told).containsExactly("reply 0", "lost 1", "lost 2", "lost 3");
        assertThat(replied).containsExactly(sink);
    }

    @Test
    void shouldStayUnansweredAfterACommandHasBegun() {
        List<ReplySink> replied = new ArrayList<>();
        pending.begin(ReplyBatch.begun(pending.batch(), 2, new byte[3]), replied);

        assertThat(pending.isAnswered()).isFalse();
        assertThat(told).containsExactly("begun 2");
        assertThat(replied).containsExactly(sink);
    }
}
