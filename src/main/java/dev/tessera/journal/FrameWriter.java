package dev.tessera.journal;

import dev.tessera.journal.format.Frame;
import dev.tessera.journal.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes frames into one segment after the other, through a buffer that is written to the file at the edges of frames alone: what is on disk of a
 * sector is always whole frames and zeros, and recovery builds on that. Thread: one.
 */
final class FrameWriter {

  private static final int BUFFER_BYTES = 2 * Frame.BYTES_MAX;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private Segment segment;
  /** Where in the file the buffer's first byte belongs. */
  private long written;

  /** Goes on in another segment, which is empty. */
  void begin(Segment next, SegmentHeader header) {
    segment = next;
    written = 0;
    buffer.clear();
    header.write(buffer, crc);
  }

  /** Replaces the header; only before the segment is a part of the log. */
  void replaceHeader(SegmentHeader header) throws IOException {
    flush();
    header.write(buffer, crc);
    segment.file().write(buffer.flip(), 0);
    buffer.clear();
  }

  /** The bytes of the segment that are used, those in the buffer included. */
  long used() {
    return written + buffer.position();
  }

  /** How many bytes of the segment are left. */
  long rest() {
    return segment.bytes() - used();
  }

  /** Writes a frame, for which there must be room in the segment. */
  void frame(byte kind, long sequence, byte[] payload, int from, int length) throws IOException {
    makeRoom(Frame.OVERHEAD_BYTES + length);
    Frame.write(buffer, crc, kind, sequence, payload, from, length);
  }

  /** Writes a mark, for which there must be room in the segment. */
  void mark(long sequence, long forcedSequence) throws IOException {
    makeRoom(Frame.MARK_BYTES);
    Frame.writeMark(buffer, crc, sequence, forcedSequence);
  }

  /** Writes what is in the buffer to the file. */
  void flush() throws IOException {
    int bytes = buffer.flip().limit();
    if (bytes > 0) {
      segment.file().write(buffer, written);
    }
    written += bytes;
    buffer.clear();
  }

  private void makeRoom(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }
}
