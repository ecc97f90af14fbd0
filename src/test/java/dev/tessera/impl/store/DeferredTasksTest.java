package dev.tessera.impl.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.impl.work.Requester;
import dev.tessera.impl.work.WorkerOptions;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

@Tag(Layer.COMPONENT)
class DeferredTasksTest {

    private static final int REPLY_BYTES_MAX = 1024;
    /** A request without a command: the guard of the answer itself fails, because it logs the name of the command. */
    private static final Request REQUEST = Request.unnamed(new Fault(Status.UNKNOWN, "of this test"));

    private final Requester client = new Requester();
    private final ReplyBacklog backlog = new ReplyBacklog(REPLY_BYTES_MAX);

    @Test
    @ExpectLog(from = AnswerGuard.class, level = Level.ERROR, message = "failed")
    void shouldReplyAndTakeMoreTasksIfAnAnswerCannotBeWritten() throws Exception {
        WorkerQueue workers = new WorkerQueue(new WorkerOptions(1, 1, 0, 10_000));
        DeferredTasks work = new DeferredTasks(workers, REPLY_BYTES_MAX, action -> action.accept(0));
        Deferred failing = (answer, gone) -> {
            throw new IllegalStateException("thrown by this test");
        };
        Promise<byte[]> first = Promise.promise();
        Promise<byte[]> second = Promise.promise();

        work.write(client, backlog, failing, REQUEST, reply -> {
            first.complete(reply);
            work.write(client, backlog, failing, REQUEST, second::complete);
        });

        Await.result(second.future());
        assertThat(new String(Await.result(first.future()), UTF_8)).startsWith("""
                {"ERR":{"st":1000,""");
    }
}
