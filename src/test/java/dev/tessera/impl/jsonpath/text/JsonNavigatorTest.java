package dev.tessera.impl.jsonpath.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class JsonNavigatorTest {

    private static final String TEXT = """
                    { "name" : "x\\"y\\\\" , "list":[1, -2.5e3 ,true,null,{"":[]}],"é":"☺ a \
                    longer string"}""";

    private static JsonNavigator navigate(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonNavigator(bytes, 0, bytes.length, Budgets.unlimited());
    }

    @Test
    void shouldFindTheEndOfEveryKindOfValue() {
        for (String value : new String[] {
            TEXT, "[]", "{}", "\"\"", "\"\\\\\"", "12", "-0.5E+7", "true", "false", "null", "[[[\"]\"]]]", """
                    {"}":"]"}"""
        }) {
            assertThat(navigate(value + "  ,").end(0))
                    .as(value)
                    .isEqualTo(value.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void shouldNeverReadBeyondTheSlice() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        for (int to = 1; to < bytes.length; to++) {
            JsonNavigator cut = new JsonNavigator(bytes, 0, to, Budgets.unlimited());
            assertThatThrownBy(() -> cut.end(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cut.count(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cut.findMember(0, new Name("none"))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldEndOnBytesThatAreNotJson() {
        for (String broken : new String[] {"[}", "[1 2]", "{\"a\" 1}", "{\"a\":}", "[,]", "{:}", "[\u0001]"}) {
            JsonNavigator navigator = navigate(broken);
            assertThat(catchThrowable(() -> navigator.count(0)))
                    .as(broken)
                    .satisfiesAnyOf(
                            thrown -> assertThat(thrown).isNull(),
                            thrown -> assertThat(thrown).isInstanceOf(IllegalArgumentException.class));
        }
    }

    @Test
    void shouldRefuseASliceOutsideTheArray() {
        assertThatThrownBy(() -> new JsonNavigator(new byte[4], 2, 5, Budgets.unlimited()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldFindTheLastOfRepeatedMembers() {
        JsonNavigator text = navigate("""
                {"a":1,"\\u0061":2,"b":3}""");
        assertThat(text.json()[text.findMember(0, new Name("a"))]).isEqualTo((byte) '2');
        assertThat(text.findMember(0, new Name("c"))).isEqualTo(JsonNavigator.ABSENT);
    }

    @Test
    void shouldCountCodePointsOfEscapedAndUnescapedCharacters() {
        assertThat(navigate("\"a\\u00e9é\\uD834\\uDD1E𝄞\\n\"").codePoints(0)).isEqualTo(6);
    }

    @Test
    void shouldDecodeEscapes() {
        assertThat(new String(
                        navigate("\"\\b\\f\\n\\r\\t\\/\\\\\\\"\\u00E9\\uD834\\uDD1E☺\"")
                                .decodeString(0),
                        StandardCharsets.UTF_8))
                .isEqualTo("\b\f\n\r\t/\\\"é𝄞☺");
    }
}
