package dev.tessera.journal;

import dev.tessera.journal.file.JournalFiles;
import dev.tessera.journal.file.NoSpaceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes chunks, forces them by the policy, asks for images, and after a failure writes the log anew.
 *
 * <pre>
 *              a write or fsync fails, or a repair
 *   RUNNING  --------------------------------------->  FAILED  <---+
 *      ^                                                 | pause   | fails again
 *      |        image complete, forced and renamed       v         |
 *      +-----------------------------------------------  ANEW  ----+
 * </pre>
 *
 * <p>In FAILED chunks are told failed and dropped: the image that follows has what they said. In ANEW they go into the new file, with the
 * images, and are settled when that has become the log. Thread: one; the state may be asked for by any.
 */
final class JournalWriter {

  enum State { RUNNING, FAILED, ANEW }

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** How long it waits for a segment, to begin or end an image with. */
  private static final long SEGMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  /** With no space to reserve more, an image is tried where it may free at least this share. */
  private static final double FULL_FACTOR = 1.25;

  private final JournalOptions options;
  private final Reserve reserve;
  private final Room room;
  private final LogWriter log;
  private final JournalListener listener;

  private volatile State state = State.FAILED;
  private volatile Throwable failure;
  private volatile long unforcedSince;
  private volatile long logBytes;
  private volatile long imageBytes;

  /** Positions up to here were written or failed, and told. */
  private long written;
  private long told;
  private long forceAt;
  private long retryAt;
  private long retryMs;

  private long image;
  private boolean isImaging;
  private boolean isImageComplete;
  private long imageBytesWritten;

  JournalWriter(JournalFiles files, JournalOptions options, Recovered recovered, Reserve reserve, Room room, JournalListener listener) {
    this.options = options;
    this.reserve = reserve;
    this.room = room;
    this.listener = listener;
    log = new LogWriter(files, reserve, room, recovered);
    retryMs = options.retryMs();
    if (!recovered.damages().isEmpty()) {
      failure = new IOException("the journal was repaired");
    }
  }

  /**
   * Begins to write. Where there is no space for that, or after a repair, it begins with an image.
   *
   * @throws IOException where the directory is of no use
   */
  void open(long now) throws IOException {
    retryAt = now;
    if (failure == null) {
      try {
        log.open();
        state = State.RUNNING;
      } catch (NoSpaceException e) {
        fail(e, now);
      }
    }
  }

  /** Takes chunks, the last of which has that position, and does what is due. */
  void turn(List<Chunk> chunks, long position, long now) {
    written = position;
    try {
      if (state == State.FAILED && now - retryAt >= 0) {
        beginAnew();
      }
      if (state == State.FAILED) {
        tellFailed();
      } else {
        write(chunks, now);
      }
    } catch (Throwable e) {
      // Whatever it is, such as too little memory for an image: the thread must go on, and nobody may wait in vain.
      fail(e, now);
    } finally {
      for (Chunk chunk : chunks) {
        room.release(chunk.admitted());
      }
    }
  }

  private void write(List<Chunk> chunks, long now) throws IOException {
    if (unforcedSince == 0 && !chunks.isEmpty()) {
      unforcedSince = now | 1;
      forceAt = now + FORCE_NANOS;
    }
    for (Chunk chunk : chunks) {
      write(chunk);
    }
    if (isImageComplete && reserve.isReady()) {
      completeImage();
    }
    if (state == State.RUNNING) {
      if (options.policy() == JournalPolicy.ALWAYS || now - forceAt >= 0) {
        force();
      } else {
        log.flush();
      }
      if (!isImaging && isImageDue() && reserve.isReady()) {
        log.beginImage();
        wantImage();
      }
    } else {
      log.flush();
    }
    logBytes = log.logBytes();
  }

  private void write(Chunk chunk) throws IOException {
    if (chunk instanceof ImageEnd end) {
      isImageComplete = isImaging && end.image() == image;
      return;
    }
    long before = log.logBytes();
    chunk.writeTo(log);
    if (chunk.isImage()) {
      imageBytesWritten += log.logBytes() - before;
    }
  }

  private void force() throws IOException {
    log.force();
    unforcedSince = 0;
    if (told < written) {
      told = written;
      listener.durable(told);
    }
  }

  /** Called when nothing waits: leaves nothing in the buffer. */
  void idle(long now) {
    if (state != State.FAILED) {
      try {
        log.flush();
      } catch (IOException e) {
        fail(e, now);
      }
    }
  }

  /** How long it has nothing to do, unless there are chunks. */
  long waitNanos(long now) {
    if (state == State.FAILED) {
      return Math.max(1, retryAt - now);
    }
    if (isImageComplete || state == State.RUNNING && !isImaging && isImageDue()) {
      return SEGMENT_NANOS;
    }
    return state == State.RUNNING && unforcedSince != 0 ? Math.max(1, forceAt - now) : ChunkQueue.FOREVER_NANOS;
  }

  private boolean isImageDue() {
    if (reserve.isFull() && room.left() >= options.imageRoomBytes()) {
      return log.logBytes() > FULL_FACTOR * log.imageBytes() + options.segmentBytes();
    }
    return log.logBytes() > Math.max(options.compactBytesMin(), options.compactFactor() * log.imageBytes());
  }

  private void wantImage() {
    isImaging = true;
    isImageComplete = false;
    imageBytesWritten = 0;
    image++;
    listener.imageWanted(image);
  }

  private void completeImage() throws IOException {
    if (state == State.ANEW) {
      log.completeAnew(imageBytesWritten);
      LOG.info("The journal writes to disk again, and changes are taken");
      retryMs = options.retryMs();
      failure = null;
      state = State.RUNNING;
      listener.healthChanged();
    } else {
      log.completeImage(imageBytesWritten);
    }
    isImaging = false;
    isImageComplete = false;
    imageBytes = imageBytesWritten;
  }

  private void beginAnew() throws IOException {
    log.beginAnew();
    state = State.ANEW;
    wantImage();
  }

  private void fail(Throwable cause, long now) {
    LOG.error("The journal cannot write to disk, and changes are refused: free or repair the disk; it is tried again in {} ms", retryMs, cause);
    failure = cause;
    state = State.FAILED;
    isImaging = false;
    isImageComplete = false;
    unforcedSince = 0;
    retryAt = now + TimeUnit.MILLISECONDS.toNanos(retryMs);
    retryMs = Math.min(retryMs * 2, options.retryMs() * JournalOptions.RETRY_FACTOR_MAX);
    log.abandon();
    tellFailed();
    listener.healthChanged();
  }

  private void tellFailed() {
    if (told < written) {
      told = written;
      listener.failed(told);
    }
  }

  /** Ends the log properly, once everything was written. */
  void close(long now) {
    try {
      if (state == State.RUNNING) {
        force();
        log.close();
      } else {
        log.abandon();
      }
      reserve.close();
    } catch (IOException e) {
      fail(e, now);
    }
  }

  State state() {
    return state;
  }

  /** Why it is not running; null where it is, and at the first start. */
  Throwable failure() {
    return failure;
  }

  /** Since when something is written and not forced, by {@link System#nanoTime}; 0 where there is nothing. */
  long unforcedSince() {
    return unforcedSince;
  }

  long logBytes() {
    return logBytes;
  }

  long imageBytes() {
    return imageBytes;
  }
}
