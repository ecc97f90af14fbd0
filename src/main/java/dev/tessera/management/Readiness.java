package dev.tessera.management;

/** Whether clients should be sent to this server. Thread-safe. */
public final class Readiness {

  /** The stages of a server's life, in order; only {@link #READY} serves new clients. */
  public enum State {
    STARTING, READY, DRAINING
  }

  private volatile State state = State.STARTING;
  private volatile String trouble = "";

  public State state() {
    return state;
  }

  public void enter(State next) {
    state = next;
  }

  /** Why commands that write are refused, in one line; empty where they are not. */
  public String trouble() {
    return trouble;
  }

  /** Notes why commands that write are refused, or with an empty text that they are not. */
  public void trouble(String reason) {
    trouble = reason;
  }
}
