package dev.tessera.client;

import dev.tessera.impl.json.Slice;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A batch that collects commands and sends them as one. */
final class CommandBatch extends KeyCommandWriter implements TesseraBatch {

    private final CommandSession session;
    private final List<CommandText> commands = new ArrayList<>();
    private final List<Part<?>> parts = new ArrayList<>();
    private final Map<String, Long> revisions = new LinkedHashMap<>();
    private boolean sent;

    CommandBatch(CommandSession session) {
        this.session = session;
    }

    /** The result of one command: read from its answer on the client's context, completed on the caller's. */
    private static final class Part<T> {

        private final Function<AnswerReader, T> result;
        private final Promise<T> promise = Promise.promise();

        Part(Function<AnswerReader, T> result) {
            this.result = result;
        }

        Runnable read(AnswerReader answer) {
            T value = result.apply(answer);
            return () -> promise.complete(value);
        }
    }

    /** The results of all commands. */
    private record Results(List<Runnable> completions, long revision) {}

    @Override
    public TesseraBatch require(String key, long revision) {
        checkNotSent();
        revisions.put(Arguments.notNull(key, "key"), Arguments.revision(revision));
        return this;
    }

    @Override
    public Future<Long> run() {
        checkNotSent();
        sent = true;
        CommandText batch = session.command("KV_BATCH").commands(commands).revisions();
        if (!revisions.isEmpty()) {
            batch.condition(revisions);
        }
        return session.submit(batch, this::read)
                .map(results -> {
                    results.completions().forEach(this::complete);
                    return results.revision();
                })
                .onFailure(failure -> parts.forEach(part -> complete(() -> part.promise.fail(failure))));
    }

    /** Completes a part. If a handler of its future throws, the context reports that, and the others still complete. */
    private void complete(Runnable completion) {
        try {
            completion.run();
        } catch (RuntimeException e) {
            session.callerContext().runOnContext(now -> {
                throw e;
            });
        }
    }

    private Results read(AnswerReader answer) {
        Map<String, Slice> body = answer.body();
        long revision = AnswerReader.number(AnswerReader.member(body, "rev"));
        List<Slice> answers = answer.elements(AnswerReader.member(body, "rsps"));
        List<Runnable> completions = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Slice part = answers.get(i);
            answer.reset(part.array(), part.from(), part.to());
            completions.add(parts.get(i).read(answer));
        }
        return new Results(completions, revision);
    }

    @Override
    CommandText command(String name) {
        return CommandText.of(name);
    }

    @Override
    <T> Future<T> submit(CommandText command, Function<AnswerReader, T> result) {
        checkNotSent();
        Part<T> part = new Part<>(result);
        commands.add(command);
        parts.add(part);
        return part.promise.future();
    }

    private void checkNotSent() {
        if (sent) {
            throw new IllegalStateException("the batch has run");
        }
    }
}
