package dev.tessera.journal.change;

import dev.tessera.journal.Chunk;
import dev.tessera.journal.JournalLog;
import dev.tessera.journal.PayloadSink;
import java.io.IOException;
import java.util.List;

/** Images of sessions as they are after all that their store has appended before. They are encoded when they are written. */
public final class ImageChunk implements Chunk {

  private final List<SessionImage> images;
  private final long bytes;

  /** Of these images, for which {@link #admitted} is to be asked for. */
  public ImageChunk(List<SessionImage> images) {
    this.images = List.copyOf(images);
    this.bytes = images.stream().mapToLong(SessionImage::payloadBytesMax).sum();
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
    return images.stream().mapToLong(image -> image.costMax()).sum();
  }

  @Override
  public boolean isImage() {
    return true;
  }
}
