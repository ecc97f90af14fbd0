package dev.tessera.impl.gateway.websocket.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.testing.Layer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link FrameReader} against Netty's decoder, on random streams, right and hostile, cut in every way. */
@Tag(Layer.MODEL)
class FrameReaderDifferentialTest {

    private static final int MAX_PAYLOAD_BYTES = 2_000;
    private static final int STREAMS = 10_000;
    private static final int SHORT_MAX_PAYLOAD_BYTES = 130;
    private static final int SHORT_STREAMS = 1_000;
    private static final int SHORT_STREAM_BYTES = 600;

    @Test
    void shouldFindTheSameAsNettyInBytesCutAnywhere() {
        long firstSeed = System.nanoTime();
        for (long seed = firstSeed; seed < firstSeed + STREAMS; seed++) {
            Random random = new Random(seed);
            byte[] stream = RandomStream.next(random, MAX_PAYLOAD_BYTES);
            List<String> expected = NettyReference.read(stream, MAX_PAYLOAD_BYTES);

            assertThat(read(stream, MAX_PAYLOAD_BYTES, () -> stream.length))
                    .as("whole, seed %d", seed)
                    .isEqualTo(expected);
            assertThat(read(stream, MAX_PAYLOAD_BYTES, () -> 1))
                    .as("bytes, seed %d", seed)
                    .isEqualTo(expected);
            assertThat(read(stream, MAX_PAYLOAD_BYTES, () -> 1 + random.nextInt(200)))
                    .as("pieces, seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldFindTheSameAtEveryCut() {
        long seed = System.nanoTime();
        for (int done = 0; done < SHORT_STREAMS; seed++) {
            byte[] stream = RandomStream.next(new Random(seed), SHORT_MAX_PAYLOAD_BYTES);
            if (stream.length > SHORT_STREAM_BYTES) {
                continue;
            }
            done++;
            List<String> expected = NettyReference.read(stream, SHORT_MAX_PAYLOAD_BYTES);
            for (int cut = 1; cut < stream.length; cut++) {
                Iterator<Integer> pieces = List.of(cut, stream.length).iterator();
                assertThat(read(stream, SHORT_MAX_PAYLOAD_BYTES, pieces::next))
                        .as("cut at %d, seed %d", cut, seed)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<String> read(byte[] stream, int maxPayloadBytes, IntSupplier pieceBytes) {
        EventLog log = new EventLog();
        FrameReader reader = new FrameReader(maxPayloadBytes, IncomingTotal.ofMax(0, maxPayloadBytes), log);
        for (int at = 0; at < stream.length && !log.ended; ) {
            int count = Math.min(pieceBytes.getAsInt(), stream.length - at);
            ByteBuf piece = Unpooled.copiedBuffer(stream, at, count);
            ByteBuf rest = reader.read(piece);
            if (rest != null) {
                rest.release();
            }
            assertThat(piece.refCnt()).as("the reader's buffer is released").isZero();
            at += count;
        }
        return log.events;
    }
}
