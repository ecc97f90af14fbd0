package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.protocol.Status;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request ids of replies that no command writes: faults of dispatchers, and gathered failures. */
@Tag(Layer.UNIT)
class RequestIdTest {

    private static final Fault UNAVAILABLE = new Fault(Status.UNAVAILABLE, "no owner");

    private final CommandRunner runner = CommandRunner.withoutSessions();
    private final List<String> replies = new ArrayList<>();
    private final ReplySink sink = new ReplySink() {
        @Override
        public void reply(long slot, byte[] bytes, int from, int to) {
            replies.add(new String(bytes, from, to - from, UTF_8));
        }

        @Override
        public void repliesEnd() {
            // The test looks afterwards.
        }
    };

    @Test
    void shouldRepeatTheIdOfEachRequestInTheFaultsOfABatch() {
        CommandBatch batch = new CommandBatch("gateway", 7, new ReplyBacklog(0));
        batch.add(decode("""
                {"KV_COUNT":{"rid":1}}"""), sink);
        batch.add(decode("""
                {"KV_COUNT":{}}"""), sink);
        batch.add(decode("""
                {"KV_COUNT":{"rid":"\\u0061"}}"""), sink);

        assertThat(new String(ReplyBatch.faults(batch, 0, 3, UNAVAILABLE).bytes(), UTF_8))
                .isEqualTo("""
                        {"KV_COUNT_RSP":{"st":200,"m":"no owner","rid":1}}\
                        {"KV_COUNT_RSP":{"st":200,"m":"no owner"}}\
                        {"KV_COUNT_RSP":{"st":200,"m":"no owner","rid":"\\u0061"}}""");
    }

    @Test
    void shouldRepeatTheIdOnceIfAllStoresFail() {
        Request request = decode("""
                {"KV_SET":{"keys":{"a":1,"b":2},"rid":7}}""");

        gather(request, fault(request, UNAVAILABLE), fault(request, UNAVAILABLE));

        assertThat(replies).containsExactly("""
                {"KV_SET_RSP":{"st":200,"m":"no owner","rid":7}}""");
    }

    @Test
    void shouldRepeatTheIdAfterTheKeysThatWereNotApplied() {
        Request request = decode("""
                {"KV_SET":{"keys":{"a":1,"b":2},"rid":7}}""");

        gather(request, fault(request, UNAVAILABLE), fault(request, Fault.INTERNAL));

        assertThat(replies).containsExactly("""
                {"KV_SET_RSP":{"st":201,"m":"%s","notApplied":["a","b"],"rid":7}}""".formatted(Messages.PARTITIONS_FAILED));
    }

    @Test
    void shouldRepeatTheIdIfTheGatheredReplyIsTooLarge() {
        Request request = decode("""
                {"KV_COUNT":{"rid":"x"}}""");
        JsonWriter part = new JsonWriter();
        new Answer(part).beginPart().part().longBytes(5);

        gather(request, 8, part.take(0));

        assertThat(replies).containsExactly("""
                {"KV_COUNT_RSP":{"st":202,"m":"%s","rid":"x"}}""".formatted(Messages.answerTooLarge(8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"rid\":1}", "{\"rid\":\"a\"}", "{\"rid\":-0}"})
    void shouldCountAFaultWhateverMemberIsItsLast(String body) {
        Request request = decode("{\"KV_COUNT\":" + body + "}");
        CommandCounts counts = new CommandCounts(request.commandNumber());
        byte[] fault = fault(request, UNAVAILABLE);
        byte[] success = runner.run("{\"KV_COUNT\":" + body + "}").getBytes(UTF_8);

        counts.reply(request, fault, 0, fault.length);
        counts.reply(request, success, 0, success.length);
        counts.reply(request, fault, 3, 3);

        assertThat(counts.faultsOf(request.commandNumber(), Status.UNAVAILABLE)).isEqualTo(1);
    }

    private void gather(Request request, byte[]... parts) {
        gather(request, 1_000, parts);
    }

    private void gather(Request request, int replyBytesMax, byte[]... parts) {
        CommandCounts counts = new CommandCounts(request.commandNumber());
        ScatterGather scatterGather =
                new ScatterGather(request, parts.length, new JsonWriter(), replyBytesMax, sink, 0, counts);
        for (byte[] part : parts) {
            scatterGather.reply(0, part, 0, part.length);
        }
    }

    private static byte[] fault(Request request, Fault fault) {
        JsonWriter out = new JsonWriter();
        new Answer(out).fault(request, fault);
        return out.take(0);
    }

    private Request decode(String message) {
        try {
            return runner.decode(message.getBytes(UTF_8));
        } catch (IllFormedTextException e) {
            throw new AssertionError(message, e);
        }
    }
}
