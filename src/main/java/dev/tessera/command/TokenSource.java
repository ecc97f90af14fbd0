package dev.tessera.command;

/** Where tokens come from. Thread: one at a time. */
public interface TokenSource {

  /** A token that nobody can guess. */
  long random();

  /**
   * The token of the shared session with this name: always the same under one secret, and not to be guessed without it.
   *
   * @param name canonical text (see {@link dev.tessera.json.JsonString})
   */
  long shared(byte[] name);
}
