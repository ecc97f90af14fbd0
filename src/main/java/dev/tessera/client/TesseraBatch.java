package dev.tessera.client;

import io.vertx.core.Future;

/**
 * A batch: commands on the keys of a session that the server applies in one step, all or none of them.
 *
 * <pre>{@code
 * TesseraBatch batch = session.batch().require("basket", revision);
 * Future<BigDecimal> left = batch.increment("stock", BigDecimal.ONE.negate());
 * batch.remove("basket");
 * batch.run().onSuccess(done -> log.info("{} left", left.result()));
 * }</pre>
 *
 * <p>The methods of {@link KeyCommands} add commands. Their futures complete when the batch has run, before that of
 * {@link #run()}. If one command fails, all futures fail with its failure (see {@link TesseraException#batchIndex()})
 * and nothing changes. Conditions belong to the whole batch: a command with {@link WriteOptions#setRevisions} fails it.
 *
 * <p>Thread: one at a time. After {@code run}, the methods throw an {@link IllegalStateException}.
 */
public interface TesseraBatch extends KeyCommands {

    /**
     * Lets the batch depend on the revision of a key. If the key has another one, all futures fail with a
     * {@link ConflictException}, and nothing changes.
     *
     * @param revision 0 if the key must not exist
     */
    TesseraBatch require(String key, long revision);

    /** Runs the batch, which has at least one command. Returns the revision of the session afterwards. */
    Future<Long> run();
}
