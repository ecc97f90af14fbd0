package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.log.LimitedLog;
import java.util.Arrays;
import java.util.List;

/** A batch with the sinks that wait for its replies. Thread: the dispatcher's. */
final class PendingBatch {

    private static final LimitedLog REPLY_LOST =
            LimitedLog.error(PendingBatch.class, "A reply could not be handed over");
    private static final int SLOTS_MIN = 16;

    private final CommandBatch batch;
    private long[] slots = new long[SLOTS_MIN];
    private int answered;

    PendingBatch(CommandBatch batch) {
        this.batch = batch;
    }

    CommandBatch batch() {
        return batch;
    }

    void add(Request request, ReplySink sink, long slot) {
        int index = batch.size();
        if (index == slots.length) {
            slots = Arrays.copyOf(slots, index * 2);
        }
        slots[index] = slot;
        batch.add(request, sink);
    }

    /** Counts the replies that are whole answers; see {@link ReplySink#takesParts}. */
    void count(ReplyBatch replies, CommandCounts counts) {
        byte[] bytes = replies.bytes();
        long answerBytes = 0;
        for (int i = 0, from = 0; i < replies.size(); i++) {
            int to = replies.to(i);
            int index = replies.first() + i;
            if (!batch.sink(index).takesParts()) {
                counts.reply(batch.request(index), bytes, from, to);
                answerBytes += to - from;
            }
            from = to;
        }
        counts.answered(answerBytes);
    }

    /**
     * Hands replies of kind {@link ReplyBatch.Kind#REPLIES} to their sinks.
     *
     * @param replied gets the sinks
     */
    void take(ReplyBatch replies, List<ReplySink> replied) {
        ReplySink last = null;
        for (int i = 0; i < replies.size(); i++) {
            ReplySink sink = batch.sink(replies.first() + i);
            if (last != sink) {
                replied.add(sink);
                last = sink;
            }
            try {
                sink.reply(slots[replies.first() + i], replies.bytes(), replies.from(i), replies.to(i));
            } catch (RuntimeException | Error e) {
                // Errors too, such as OutOfMemoryError: the other requests of the batch must get their replies.
                REPLY_LOST.log(e);
                sink.lost(slots[replies.first() + i]);
            }
            batch.remove(replies.first() + i);
        }
        answered += replies.size();
    }

    /** Hands over a first answer; the request stays unanswered. */
    void begin(ReplyBatch begun, List<ReplySink> replied) {
        ReplySink sink = batch.sink(begun.first());
        replied.add(sink);
        sink.begun(slots[begun.first()], begun.bytes(), 0, begun.to(0));
    }

    /** Notifies the sinks of the requests from {@code first} to before {@code end} that no reply follows. */
    void lose(int first, int end) {
        for (int i = first; i < end; i++) {
            batch.sink(i).lost(slots[i]);
        }
        answered += end - first;
    }

    /** Returns whether all requests are answered. */
    boolean isAnswered() {
        return answered == batch.size();
    }
}
