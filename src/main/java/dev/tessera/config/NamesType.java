package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of command names: an array of strings as JSON, separated by commas as text. Whether such a command exists is not known here. */
record NamesType(int maxCount) implements ValueType<List<String>> {

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  @Override
  public String name() {
    return "array of strings";
  }

  @Override
  public String range() {
    return "0.." + maxCount + " command names";
  }

  @Override
  public String expected() {
    return "an array of " + range() + " such as KV_CLEAR";
  }

  @Override
  public boolean accepts(List<String> value) {
    return value.size() <= maxCount && value.stream().allMatch(name -> NAME.matcher(name).matches());
  }

  @Override
  public List<String> fromJson(JsonNode node) throws UnusableValueException {
    if (!node.isArray()) {
      throw new UnusableValueException();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isTextual()) {
        throw new UnusableValueException();
      }
      names.add(element.textValue());
    }
    return List.copyOf(names);
  }

  @Override
  public List<String> fromText(String text) {
    return text.isBlank() ? List.of() : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  @Override
  public String toJson(List<String> value) {
    return value.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
  }
}
