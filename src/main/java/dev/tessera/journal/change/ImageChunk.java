package dev.tessera.journal.change;

import dev.tessera.journal.Chunk;
import dev.tessera.journal.PayloadSink;
import java.io.IOException;
import java.util.List;

/** Images of sessions as they are after all that their store has appended before. They are encoded when they are written. */
public final class ImageChunk implements Chunk {

  private final List<SessionImage> images;
  private final long bytes;
  private final long admitted;

  /** Of these images; what {@link #admitted} says is still to be asked for. */
  public ImageChunk(List<SessionImage> images) {
    this.images = List.copyOf(images);
    this.bytes = images.stream().mapToLong(SessionImage::bytes).sum();
    this.admitted = images.stream().mapToLong(SessionImage::costMax).sum();
  }

  @Override
  public void writeTo(PayloadSink sink) throws IOException {
    for (SessionImage image : images) {
      image.writeTo(sink);
    }
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long admitted() {
    return admitted;
  }

  @Override
  public boolean isImage() {
    return true;
  }
}
