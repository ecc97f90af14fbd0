package dev.tessera.impl.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.Requester;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ScatterGatherTest {

    @Test
    void shouldReportOneLossIfSeveralStoresLoseTheirParts() {
        List<Long> lost = new ArrayList<>();
        ReplySink sink = new ReplySink() {
            @Override
            public void reply(long slot, byte[] bytes, int from, int to) {
                throw new AssertionError("parts are missing");
            }

            @Override
            public void lost(long slot) {
                lost.add(slot);
            }

            @Override
            public void repliesEnd() {
                throw new AssertionError("nothing was replied");
            }
        };
        ScatterGather scatterGather = new ScatterGather(
                Request.unnamed(Fault.INTERNAL), 3, new JsonWriter(), 1_000, sink, 5, new CommandCounts(0));

        scatterGather.lost(0);
        scatterGather.reply(1, new byte[1], 0, 1);
        scatterGather.lost(2);
        scatterGather.repliesEnd();

        assertThat(lost).containsExactly(5L);
    }

    @Test
    void shouldCountThePartsOfAReplyThatIsNotComplete() {
        Requester client = new Requester();
        long[] kept = new long[1];
        ReplySink sink = new ReplySink() {
            @Override
            public Requester requester() {
                return client;
            }

            @Override
            public void reply(long slot, byte[] bytes, int from, int to) {
                assertThat(kept[0]).isZero();
            }

            @Override
            public void keeps(long more) {
                kept[0] += more;
            }

            @Override
            public void repliesEnd() {
                throw new AssertionError("nothing was replied");
            }
        };
        ScatterGather scatterGather = new ScatterGather(
                Request.unnamed(Fault.INTERNAL), 4, new JsonWriter(), 1_000, sink, 5, new CommandCounts(0));

        scatterGather.reply(0, new byte[1000], 10, 110);
        scatterGather.reply(1, new byte[1000], 10, 20);
        assertThat(kept[0]).isEqualTo(110);
        client.leave();
        scatterGather.reply(2, new byte[1000], 0, 1000);
        assertThat(kept[0]).isZero();
        scatterGather.reply(3, new byte[1000], 0, 1000);
        assertThat(kept[0]).isZero();
    }
}
