package dev.tessera.transfer;

import dev.tessera.command.transfer.ImportChunk;
import dev.tessera.command.transfer.ImportCommand;
import dev.tessera.command.transfer.ImportReply;
import dev.tessera.dataset.DatasetException;
import dev.tessera.dataset.SessionHeader;
import dev.tessera.dataset.SessionSink;
import dev.tessera.routing.StoreMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Sessions on their way into their partitions: gathered until there is enough for a round, of which few are under way. A session that is larger
 * than a piece leaves in several, and its partition shows it when the last one is there. In a cluster a partition that moves meanwhile
 * loses the pieces that it has: then {@link PieceLostException} is thrown before the next session begins, and the session can begin again.
 * Thread: a worker.
 */
final class ImportBuffer implements SessionSink {

  /** A session leaves in pieces of not much more than so many bytes, or one key more than that. */
  private static final int CHUNK_BYTES = 256 * 1024;
  /** What is gathered for all partitions together before it leaves. */
  private static final int ROUND_BYTES = 1024 * 1024;
  private static final int ROUNDS_UNDER_WAY_MAX = 2;

  /** Where there is no room for a round now, such as in the journal, it is made meanwhile. */
  private static final int AGAIN_AFTER_MS = 20;
  private static final int AGAIN_SECONDS_MAX = 60;

  /** What a partition was asked to take. */
  private record Asked(int partition, byte[] argument, CompletableFuture<byte[]> reply) {
  }

  private final WorkerCalls calls;
  private final StoreMap stores;
  private final long id;
  private final Progress progress;
  private final Map<Integer, ImportChunk> gathered = new TreeMap<>();
  private final StopSignal stop;
  private final Deque<List<Asked>> underWay = new ArrayDeque<>();
  /** Bytes of {@link #gathered}, but for what has come of the session that is open. */
  private long gatheredBytes;
  /** Of the session that is open. */
  private int partition;
  private ImportChunk chunk;
  private int chunkFrom;
  private int piecesSent;

  /**
   * An empty buffer.
   *
   * @param id one that nothing else uses that comes into the partitions at the same time
   * @param progress counts what the partitions have taken
   * @param stop ends its waiting for room
   */
  ImportBuffer(WorkerCalls calls, StoreMap stores, long id, Progress progress, StopSignal stop) {
    this.calls = calls;
    this.stores = stores;
    this.id = id;
    this.progress = progress;
    this.stop = stop;
  }

  @Override
  public void begin(SessionHeader header) {
    partition = stores.partitionOf(header.token());
    chunk = gathered.computeIfAbsent(partition, absent -> new ImportChunk());
    chunkFrom = chunk.size();
    piecesSent = 0;
    chunk.begin(id, header.token(), header.shared(), header.name(), header.durationSeconds(), header.deleteSession());
  }

  @Override
  public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) throws DatasetException {
    if (chunk.size() - chunkFrom >= CHUNK_BYTES) {
      chunk.end(false);
      gathered.remove(partition);
      gatheredBytes -= chunkFrom;
      piecesSent++;
      send(List.of(ask(partition, chunk.take())));
      if (piecesSent == 1) {
        // What goes on is of no use before the beginning is taken.
        awaitAll();
      }
      chunkFrom = 0;
      gathered.put(partition, chunk);
      chunk.goOn(id, piecesSent);
    }
    chunk.key(key, keyTo, value, valueFrom, valueTo);
  }

  @Override
  public void end() throws DatasetException {
    chunk.end(true);
    if (piecesSent > 0) {
      gathered.remove(partition);
      send(List.of(ask(partition, chunk.take())));
      awaitAll();
    } else {
      gatheredBytes += chunk.size() - chunkFrom;
    }
    chunk = null;
    if (gatheredBytes >= ROUND_BYTES) {
      sendGathered();
    }
  }

  /** Sends what is there, and waits until all is taken. */
  void finish() throws DatasetException {
    sendGathered();
    awaitAll();
  }

  /** Drops what has not left, and waits for what has, so that it is counted. Of a session that was begun nothing stays. */
  void abandon() throws DatasetException {
    gathered.clear();
    forgetSession();
  }

  /** Drops what there is of a session of which a piece was lost, so that it can begin again. */
  void startOver() throws DatasetException {
    gathered.remove(partition);
    try {
      forgetSession();
    } catch (PieceLostException e) {
      // The pieces behind the lost one are refused as well.
    }
  }

  private void forgetSession() throws DatasetException {
    if (chunk != null && piecesSent > 0) {
      underWay.add(List.of(ask(partition, ImportChunk.abort(id))));
    }
    chunk = null;
    awaitAll();
  }

  /** Waits for all that is under way, though some of it fail. */
  private void awaitAll() throws DatasetException {
    DatasetException failure = null;
    while (!underWay.isEmpty()) {
      try {
        awaitOldest();
      } catch (PieceLostException e) {
        failure = failure == null ? e : failure;
      } catch (DatasetException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void sendGathered() throws DatasetException {
    List<Asked> round = new ArrayList<>(gathered.size());
    gathered.forEach((owner, sessions) -> round.add(ask(owner, sessions.take())));
    gathered.clear();
    gatheredBytes = 0;
    send(round);
  }

  private void send(List<Asked> round) throws DatasetException {
    underWay.add(round);
    while (underWay.size() > ROUNDS_UNDER_WAY_MAX) {
      awaitOldest();
    }
  }

  private Asked ask(int owner, byte[] argument) {
    return new Asked(owner, argument, calls.ask(ImportCommand.INSTANCE, owner, argument));
  }

  private void awaitOldest() throws DatasetException {
    DatasetException failure = null;
    for (Asked asked : underWay.remove()) {
      try {
        ImportReply reply = reply(asked);
        progress.add(reply.sessions(), reply.keys());
        if (!reply.refusal().isEmpty()) {
          failure = reply.lost() ? new PieceLostException(reply.refusal()) : new DatasetException(reply.refusal());
        }
      } catch (DatasetException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Waits for the reply, and asks again where a partition cannot take it now. If the next piece of its session has overtaken it, that one is
   * refused as lost, and the session begins again.
   */
  private ImportReply reply(Asked asked) throws DatasetException {
    byte[] bytes = WorkerCalls.await(asked.reply());
    ImportReply reply = ImportReply.of(bytes);
    for (int tries = AGAIN_SECONDS_MAX * 1000 / AGAIN_AFTER_MS; reply == null; tries--) {
      Refusal refusal = Refusal.of(bytes);
      if (!refusal.isForNow() || tries == 0) {
        throw refusal.asException();
      }
      stop.pause(AGAIN_AFTER_MS);
      bytes = WorkerCalls.await(calls.ask(ImportCommand.INSTANCE, asked.partition(), asked.argument()));
      reply = ImportReply.of(bytes);
    }
    return reply;
  }
}
