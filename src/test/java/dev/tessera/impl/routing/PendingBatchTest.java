package dev.tessera.impl.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingBatchTest {

    private static final int SLOT_THAT_FAILS = 1;

    private final PendingBatch pending = new PendingBatch(new CommandBatch("gateway", 7));
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
    void shouldHandOverTheOtherRepliesWhereOneCannotBeTaken() {
        assertThat(pending.take(new ReplyBatch(7, 0, new byte[4], new int[] {1, 2, 3, 4}), new ArrayList<>()))
                .isTrue();

        assertThat(told).containsExactly("reply 0", "lost 1", "reply 2", "reply 3");
    }

    @Test
    void shouldLetGoOfAllToWhomNoReplyComes() {
        List<ReplySink> replied = new ArrayList<>();
        assertThat(pending.take(new ReplyBatch(7, 0, new byte[1], new int[] {1}), replied))
                .isFalse();
        assertThat(pending.take(ReplyBatch.lost(7, 1), replied)).isTrue();

        assertThat(told).containsExactly("reply 0", "lost 1", "lost 2", "lost 3");
        assertThat(replied).containsExactly(sink);
    }
}
