package dev.tessera.management;

/** Whether clients should be sent to this server. Thread-safe. */
public final class Readiness {

  /** The stages of a server's life, in order; only {@link #READY} serves new clients. */
  public enum State {
    STARTING, READY, DRAINING
  }

  private volatile State state = State.STARTING;

  public State state() {
    return state;
  }

  public void enter(State next) {
    state = next;
  }
}
