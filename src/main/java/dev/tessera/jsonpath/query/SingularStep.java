package dev.tessera.jsonpath.query;

import dev.tessera.jsonpath.text.JsonScanner;

/** A selector that selects one child at most, so that a query of such selectors has a value. */
public sealed interface SingularStep permits NameSelector, IndexSelector {

  /** Returns the start of the child's value, or {@link JsonScanner#ABSENT}. */
  int locate(JsonScanner text, int start);
}
