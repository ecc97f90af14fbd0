package dev.tessera.command.parameter;

import dev.tessera.json.JsonScanner;
import dev.tessera.json.Slice;
import dev.tessera.json.Unsigned;
import dev.tessera.protocol.Fault;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.List;

/** An optional array of tokens, with at least one, and with nothing else in it. */
public final class SelectedTokensParameter extends Parameter<long[]> {

  /** Declares an optional array. */
  public SelectedTokensParameter(String name) {
    super(name, false, "an array of tokens");
  }

  @Override
  public Schema schema() {
    return Schema.of("array").with("items", Schema.unsigned()).with("minItems", 1).example(List.of(7));
  }

  @Override
  public Object read(JsonScanner scanner) {
    if (scanner.peek() != '[') {
      scanner.skipValue();
      return wrongType();
    }
    scanner.enter();
    long[] tokens = new long[8];
    int size = 0;
    boolean onlyTokens = true;
    Slice slice = new Slice();
    boolean first = true;
    for (; scanner.element(first); first = false) {
      scanner.value(slice);
      if (!Unsigned.isUnsigned(slice.array(), slice.from(), slice.to())) {
        onlyTokens = false;
      } else {
        if (size == tokens.length) {
          tokens = Arrays.copyOf(tokens, size * 2);
        }
        tokens[size++] = Unsigned.parse(slice.array(), slice.from(), slice.to());
      }
    }
    if (!onlyTokens) {
      return new Fault(Status.VALUE_TYPE_INVALID,
          "parameter '" + name() + "' must hold integers of 0 to 18446744073709551615 alone");
    }
    return first ? empty() : Arrays.copyOf(tokens, size);
  }
}
