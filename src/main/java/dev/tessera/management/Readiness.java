package dev.tessera.management;

import java.util.function.Supplier;

/** Whether clients should be sent to this server. Thread-safe. */
public final class Readiness {

  /** The stages of a server's life, in order; only {@link #READY} serves new clients. */
  public enum State {
    STARTING, READY, DRAINING
  }

  private volatile State state = State.STARTING;
  private volatile Supplier<String> trouble = () -> "";

  public State state() {
    return state;
  }

  public void enter(State next) {
    state = next;
  }

  /** What keeps the server from writing to its disk, in one line; empty where nothing does. */
  public String trouble() {
    return trouble.get();
  }

  /** Lets {@link #trouble} be asked for here. */
  public void watch(Supplier<String> source) {
    trouble = source;
  }
}
