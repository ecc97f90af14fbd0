package dev.tessera.command.parameter;

import dev.tessera.json.JsonScanner;
import dev.tessera.json.Slice;

/** A string that is not empty, as a copy of its canonical text (see {@link dev.tessera.json.JsonString}). */
public final class NameParameter extends Parameter<byte[]> {

  /** Declares a required name. */
  public NameParameter(String name) {
    super(name, true, "a string");
  }

  @Override
  public Schema schema() {
    return Schema.of("string").with("minLength", 1).example("basket");
  }

  @Override
  public Object read(JsonScanner scanner) {
    if (scanner.peek() != '"') {
      scanner.skipValue();
      return wrongType();
    }
    Slice slice = new Slice();
    scanner.string(slice);
    return slice.length() == 0 ? empty() : slice.copy();
  }
}
