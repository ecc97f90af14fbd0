package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class LengthShorthandTest {

    private static final String JSON = """
      [{"s":[1,2,3]},{"s":"a☺\\uD834\\uDD1E"},{"s":{"length":3}},{"s":{"x":1,"y":1,"z":1}},{"s":3},{"s":[1]},{}]""";

    @Test
    void shouldCountElementsOrCodePointsInAComparison() {
        assertThat(Search.paths("$[?@.s.length == 3]", JSON)).containsExactly("$[0]", "$[1]", "$[2]");
        assertThat(Search.paths("$[?(3 <= @.s.length)]", JSON)).containsExactly("$[0]", "$[1]", "$[2]");
        assertThat(Search.paths("$[?@.s .length == $[0].s.length]", JSON)).containsExactly("$[0]", "$[1]", "$[2]");
        assertThat(Search.paths("$[?@.length == 2]", """
                [[1,2],"ab",{"length":2},{"length":[]},[]]""")).containsExactly("$[0]", "$[1]", "$[2]");
    }

    @Test
    void shouldBeNothingWhereThereIsNoLength() {
        assertThat(Search.paths("$[?@.s.length == @.nothing]", JSON)).containsExactly("$[3]", "$[4]", "$[6]");
    }

    @Test
    void shouldHoldOnlyForTheShorthand() {
        assertThat(Search.paths("$[?@.s['length'] == 3]", JSON)).containsExactly("$[2]");
        assertThat(Search.paths("$[?@.s.length.x == 3]", JSON)).isEmpty();
    }

    @Test
    void shouldNotHoldOutsideComparisons() {
        assertThat(Search.paths("$[?@.s.length]", JSON)).containsExactly("$[2]");
        assertThat(Search.paths("$[?length(@.s.length) == 1]", """
                [{"s":[1]},{"s":{"length":"x"}}]""")).containsExactly("$[1]");
        assertThat(Search.paths("$[?count(@.s.length) == 1]", JSON)).containsExactly("$[2]");
        assertThat(Search.paths("$..length", JSON)).containsExactly("$[2]['s']['length']");
        assertThat(Search.paths("$[0].s.length", JSON)).isEmpty();
    }

    @Test
    void shouldBeSwitchedOffByStrict() {
        JsonPath strict = JsonPath.compile("$[?@.s.length == 3]", new JsonPathOptions(true, 100));
        assertThat(Search.run(strict, JSON).paths()).isEqualTo(List.of("$[2]"));
    }
}
