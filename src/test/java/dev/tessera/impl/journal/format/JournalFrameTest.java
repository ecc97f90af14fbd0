package dev.tessera.impl.journal.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class JournalFrameTest {

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer =
            ByteBuffer.allocate(JournalFrame.BYTES_MAX + 100).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void shouldReadAWrittenFrame() {
        byte[] payload = new byte[JournalFrame.PAYLOAD_BYTES_MAX];
        Arrays.fill(payload, (byte) 7);
        buffer.position(3);
        JournalFrame.write(buffer, crc, JournalFrame.FIRST, Long.MAX_VALUE, payload, 0, payload.length);

        assertThat(buffer.position()).isEqualTo(3 + JournalFrame.BYTES_MAX);
        assertThat(JournalFrame.isWhole(buffer, crc, 3, buffer.position())).isTrue();
        assertThat(JournalFrame.isWhole(buffer, crc, 3, buffer.position() - 1)).isFalse();
        assertThat(JournalFrame.kindAt(buffer, 3)).isEqualTo(JournalFrame.FIRST);
        assertThat(JournalFrame.lengthAt(buffer, 3)).isEqualTo(payload.length);
        assertThat(JournalFrame.sequenceAt(buffer, 3)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotBeWholeIfAnyBitDiffers() {
        JournalFrame.write(buffer, crc, JournalFrame.WHOLE, 4711, new byte[] {0, 1, 2, 0}, 0, 4);
        JournalFrame.writeMark(buffer, crc, 4712, 4711);
        int markAt = 4 + JournalFrame.OVERHEAD_BYTES;
        for (int bit = 0; bit < buffer.position() * 8; bit++) {
            buffer.put(bit / 8, (byte) (buffer.get(bit / 8) ^ 1 << bit % 8));
            assertThat(JournalFrame.isWhole(buffer, crc, 0, buffer.position()))
                    .as("bit %d", bit)
                    .isEqualTo(bit / 8 >= markAt);
            assertThat(JournalFrame.isWhole(buffer, crc, markAt, buffer.position()))
                    .as("bit %d", bit)
                    .isEqualTo(bit / 8 < markAt);
            buffer.put(bit / 8, (byte) (buffer.get(bit / 8) ^ 1 << bit % 8));
        }
    }

    @Test
    void shouldNotAcceptZerosAsAFrame() {
        assertThat(JournalFrame.isWhole(buffer, crc, 0, buffer.capacity())).isFalse();
    }

    @Test
    void shouldReadAWrittenHeaderUnlessABitDiffers() {
        SegmentHeader header = new SegmentHeader(-1, 2, 3, 1, 5);
        header.write(buffer, crc);

        assertThat(buffer.position()).isEqualTo(SegmentHeader.BYTES);
        assertThat(SegmentHeader.read(buffer, crc, 0, buffer.position())).isEqualTo(header);
        assertThat(SegmentHeader.isKnown(SegmentHeader.versionAt(buffer, 0))).isTrue();
        assertThat(SegmentHeader.isKnown(1)).as("the version before").isTrue();
        assertThat(SegmentHeader.isKnown(3)).isFalse();
        assertThat(SegmentHeader.isKnown(0)).isFalse();
        for (int bit = 0; bit < SegmentHeader.BYTES * 8; bit++) {
            buffer.put(bit / 8, (byte) (buffer.get(bit / 8) ^ 1 << bit % 8));
            assertThat(SegmentHeader.read(buffer, crc, 0, buffer.position()))
                    .as("bit %d", bit)
                    .isNull();
            buffer.put(bit / 8, (byte) (buffer.get(bit / 8) ^ 1 << bit % 8));
        }
    }
}
