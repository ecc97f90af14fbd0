package dev.tessera.jsonpath.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NameTest {

  private static boolean equal(String name, String content) {
    byte[] text = content.getBytes(StandardCharsets.UTF_8);
    byte[] padded = java.util.Arrays.copyOf(text, text.length + 9);
    boolean atTheEnd = new Name(name).equalsContent(text, 0, text.length);
    assertThat(new Name(name).equalsContent(padded, 0, text.length)).isEqualTo(atTheEnd);
    return atTheEnd;
  }

  @Test
  void shouldEqualItsOwnBytes() {
    for (String name : new String[] {"", "a", "make", "exactly8", "nine byte", "é", "☺☺☺", "𝄞"}) {
      assertThat(equal(name, name)).as(name).isTrue();
      assertThat(equal(name, name + "x")).as(name).isFalse();
      assertThat(equal(name + "x", name)).as(name).isFalse();
      assertThat(equal(name + "x", name + "y")).as(name).isFalse();
    }
  }

  @Test
  void shouldEqualWhatEscapesStandFor() {
    assertThat(equal("a", "\\u0061")).isTrue();
    assertThat(equal("é", "\\u00E9")).isTrue();
    assertThat(equal("𝄞", "\\uD834\\uDD1E")).isTrue();
    assertThat(equal("a\nb", "a\\nb")).isTrue();
    assertThat(equal("b", "\\u0061")).isFalse();
  }

  @Test
  void shouldNotTakeABackslashOfItsOwnForAnEscape() {
    assertThat(equal("\\n", "\\n")).isFalse();
    assertThat(equal("\\n", "\\\\n")).isTrue();
  }
}
