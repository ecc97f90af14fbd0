package dev.tessera.journal;

import java.util.List;

/**
 * Payloads of one store that are written in one go, in their order: changes, which the store has encoded, or images, which the writer
 * encodes. Immutable.
 */
public final class Chunk {

  private final byte[] bytes;
  private final int[] ends;
  private final List<SessionImage> images;

  private Chunk(byte[] bytes, int[] ends, List<SessionImage> images) {
    this.bytes = bytes;
    this.ends = ends;
    this.images = images;
  }

  /**
   * Encoded payloads, one after the other in one array.
   *
   * @param ends where each payload ends
   */
  public static Chunk of(byte[] bytes, int[] ends) {
    return new Chunk(bytes, ends, List.of());
  }

  /** Images of sessions as they are after all that the store has handed over before. */
  public static Chunk ofImages(List<SessionImage> images) {
    return new Chunk(new byte[0], new int[0], List.copyOf(images));
  }

  /** The payloads that are encoded; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where each of those ends; not to be changed. */
  public int[] ends() {
    return ends;
  }

  /** How many bytes are encoded. */
  int size() {
    return bytes.length;
  }

  /** Hands over every payload. Thread: the writer. */
  void forEach(PayloadSink sink) {
    int from = 0;
    for (int end : ends) {
      sink.payload(bytes, from, end);
      from = end;
    }
    for (SessionImage image : images) {
      image.write(sink);
    }
  }
}
