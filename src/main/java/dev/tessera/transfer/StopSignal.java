package dev.tessera.transfer;

import dev.tessera.dataset.DatasetException;

/** Says to work on other threads that it is to end soon. Thread-safe. */
final class StopSignal {

  private volatile boolean given;

  void give() {
    given = true;
  }

  boolean isGiven() {
    return given;
  }

  /** To be called between two pieces of work. */
  void check() throws DatasetException {
    if (given) {
      throw new DatasetException("the server is stopping");
    }
  }
}
