package dev.tessera.client;

import dev.tessera.protocol.Status;

/** Says that a command was refused or went astray. It carries no stack trace, for it is an outcome to be expected. */
public final class TesseraException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Status status;

  /** Made by clients. */
  TesseraException(Status status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** Why, as a client can tell it apart. */
  public Status status() {
    return status;
  }

  @Override
  public String toString() {
    return getClass().getName() + ": " + status + ": " + getMessage();
  }
}
