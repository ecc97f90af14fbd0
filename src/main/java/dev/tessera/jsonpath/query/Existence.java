package dev.tessera.jsonpath.query;

import dev.tessera.jsonpath.text.JsonScanner;

/** The test whether a query selects any node. */
public final class Existence {

  private Existence() {
  }

  public static Condition of(SingularQuery query) {
    return (run, current) -> query.locate(run, current) != JsonScanner.ABSENT;
  }

  public static Condition of(NodesQuery query) {
    return (run, current) -> query.nodes(run, current) > 0;
  }
}
