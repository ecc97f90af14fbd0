package dev.tessera.impl.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.protocol.Status;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.event.Level;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class DeferredTasksTest {

    private static final int REPLY_BYTES_MAX = 1024;
    /** A request without a command: the guard of the answer itself fails, because it logs the name of the command. */
    private static final Request REQUEST = Request.unnamed(new Fault(Status.UNKNOWN, "of this test"));

    @Test
    @ExpectLog(from = DeferredTasks.class, level = Level.ERROR, message = "failed")
    void shouldReplyAndTakeMoreTasksIfAnAnswerCannotBeWritten(Vertx vertx, VertxTestContext test) {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("later-work-test", 1);
        DeferredTasks work = new DeferredTasks(workers, 1, REPLY_BYTES_MAX);
        Answer.Deferred failing = answer -> {
            throw new IllegalStateException("thrown by this test");
        };
        Promise<byte[]> first = Promise.promise();
        Promise<byte[]> second = Promise.promise();

        vertx.runOnContext(start -> work.offer(failing, REQUEST, reply -> {
            first.complete(reply);
            work.offer(failing, REQUEST, second::complete);
        }));

        second.future()
                .compose(ignored -> first.future())
                .onComplete(test.succeeding(reply -> test.verify(() -> {
                    assertThat(new String(reply, UTF_8)).startsWith("""
                            {"ERR":{"st":1000,""");
                    test.completeNow();
                })));
    }
}
