package dev.tessera.jsonpath.query;

import java.util.List;

/** A logical expression of a filter. */
public interface Condition {

  /** Tells whether it is true for the child whose value starts at {@code current}. */
  boolean test(Evaluation run, int current);

  /** True if one of several is. */
  record AnyOf(List<Condition> parts) implements Condition {
    @Override
    public boolean test(Evaluation run, int current) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).test(run, current)) {
          return true;
        }
      }
      return false;
    }
  }

  /** True if all of several are. */
  record AllOf(List<Condition> parts) implements Condition {
    @Override
    public boolean test(Evaluation run, int current) {
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).test(run, current)) {
          return false;
        }
      }
      return true;
    }
  }

  /** True if another one is not. */
  record Not(Condition part) implements Condition {
    @Override
    public boolean test(Evaluation run, int current) {
      return !part.test(run, current);
    }
  }
}
