package dev.tessera.impl.transfer;

import dev.tessera.impl.command.transfer.ExportChunk;
import dev.tessera.impl.command.transfer.ExportCommand;
import dev.tessera.impl.command.transfer.ExportQuery;
import dev.tessera.impl.dataset.DatasetException;
import java.util.concurrent.CompletableFuture;

/** The sessions of one partition on their way out, piece by piece. Thread: one at a time. */
final class PartitionExport {

    /** Tokens that are asked for at a time. */
    private static final int TOKENS_MAX = 8192;

    private final PartitionClient calls;
    private final int partition;
    private final long id;
    /** Null for all sessions. */
    private final long[] tokens;
    /** A cursor, or the index of a token: where to go on once nothing is open. */
    private long next;

    private boolean open;
    private CompletableFuture<byte[]> asked;

    /**
     * Asks for the first piece.
     *
     * @param id one that no other export uses at the same time
     * @param tokens those of the sessions, all of this partition; null for all sessions
     */
    PartitionExport(PartitionClient calls, int partition, long id, long[] tokens) {
        this.calls = calls;
        this.partition = partition;
        this.id = id;
        this.tokens = tokens;
        ask();
    }

    private void ask() {
        byte[] query = open
                ? ExportQuery.goOn(id)
                : tokens == null
                        ? ExportQuery.scan(id, next)
                        : ExportQuery.tokens(id, tokens, (int) next, (int) Math.min(tokens.length, next + TOKENS_MAX));
        asked = calls.ask(ExportCommand.INSTANCE, partition, query);
    }

    /** Waits for the piece that was asked for, and asks for the one behind it; null where there are no more. */
    ExportChunk take() throws DatasetException {
        if (asked == null) {
            return null;
        }
        byte[] reply = PartitionClient.await(asked);
        ExportChunk chunk = ExportChunk.of(reply);
        if (chunk == null) {
            throw Refusal.of(reply).asException();
        }
        if (!open) {
            next = tokens == null ? chunk.next() : next + chunk.next();
        }
        open = chunk.open();
        asked = null;
        if (open || (tokens == null ? !ExportChunk.isEnd(next) : next < tokens.length)) {
            ask();
        }
        return chunk;
    }
}
