package dev.tessera.impl.transfer;

import dev.tessera.impl.command.transfer.ExportChunk;
import dev.tessera.impl.command.transfer.ExportCommand;
import dev.tessera.impl.command.transfer.ExportQuery;
import dev.tessera.impl.dataset.DatasetException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads the sessions of one partition, chunk by chunk. Thread: one at a time. */
final class PartitionExport {

    /** The most tokens of one query. */
    private static final int TOKENS_MAX = 8192;

    private final PartitionClient client;
    private final int partition;
    private final long id;
    /** The tokens of the wanted sessions; null for all sessions. */
    private final long @Nullable [] tokens;
    /** The cursor, or the index of the token, at which the next query begins if no session is open. */
    private long next;

    /** Whether the last chunk ended inside a session. */
    private boolean open;
    /** The reply to the last query; null after the last chunk. */
    private @Nullable CompletableFuture<byte[]> pending;

    /**
     * Sends the first query.
     *
     * @param id unique among the exports that run at the same time
     * @param tokens the tokens of the wanted sessions, all of this partition; null for all sessions
     */
    PartitionExport(PartitionClient client, int partition, long id, long @Nullable [] tokens) {
        this.client = client;
        this.partition = partition;
        this.id = id;
        this.tokens = tokens;
        this.pending = query();
    }

    private CompletableFuture<byte[]> query() {
        byte[] query = open
                ? ExportQuery.goOn(id)
                : tokens == null
                        ? ExportQuery.scan(id, next)
                        : ExportQuery.tokens(id, tokens, (int) next, (int) Math.min(tokens.length, next + TOKENS_MAX));
        return client.ask(ExportCommand.INSTANCE, partition, query);
    }

    /** Waits for a chunk, and sends the query for the next one. Returns null after the last chunk. */
    @Nullable
    ExportChunk take() throws DatasetException {
        if (pending == null) {
            return null;
        }
        byte[] reply = PartitionClient.await(pending);
        ExportChunk chunk = ExportChunk.of(reply);
        if (chunk == null) {
            throw Refusal.of(reply).asException();
        }
        if (!open) {
            next = tokens == null ? chunk.next() : next + chunk.next();
        }
        open = chunk.open();
        pending = null;
        if (open || (tokens == null ? !ExportChunk.isEnd(next) : next < tokens.length)) {
            pending = query();
        }
        return chunk;
    }
}
