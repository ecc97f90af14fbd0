package dev.tessera.command.parameter;

import dev.tessera.json.JsonScanner;
import dev.tessera.json.Slice;
import dev.tessera.json.Unsigned;
import java.util.Arrays;
import java.util.List;

/** An array of tokens; elements that are not tokens are passed over. */
public final class TokensParameter extends Parameter<long[]> {

  /** Declares a required array of tokens. */
  public TokensParameter(String name) {
    super(name, true, "an array of tokens");
  }

  @Override
  public Schema schema() {
    return Schema.of("array").with("items", Schema.unsigned()).example(List.of(7));
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
    Slice slice = new Slice();
    for (boolean first = true; scanner.element(first); first = false) {
      scanner.value(slice);
      if (Unsigned.isUnsigned(slice.array(), slice.from(), slice.to())) {
        if (size == tokens.length) {
          tokens = Arrays.copyOf(tokens, size * 2);
        }
        tokens[size++] = Unsigned.parse(slice.array(), slice.from(), slice.to());
      }
    }
    return Arrays.copyOf(tokens, size);
  }
}
