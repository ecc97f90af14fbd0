package dev.tessera.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.json.JsonException;
import dev.tessera.json.JsonScanner;
import dev.tessera.json.Slice;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an object into a map of its members, their values as they stand there. */
final class FlatObject {

  private FlatObject() {
  }

  static Map<String, String> read(String json) throws JsonException {
    byte[] text = json.getBytes(UTF_8);
    JsonScanner scanner = new JsonScanner(16);
    scanner.reset(text, 0, text.length);
    Map<String, String> members = new LinkedHashMap<>();
    return members;
  }
}
