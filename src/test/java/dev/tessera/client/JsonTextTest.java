package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class JsonTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "12345678901234567890123", "1.0", "\"\\u0061\"", """
                        {"x":1, "x":2}""", "null", "[]", "\"😀\""})
    void shouldKeepTheText(String json) {
        assertThat(JsonText.of(json)).hasToString(json);
        assertThat(JsonText.of(Buffer.buffer(json)).toBuffer()).isEqualTo(Buffer.buffer(json));
    }

    @Test
    void shouldDropSurroundingWhiteSpace() {
        assertThat(JsonText.of(" \n[1, 2]\t")).hasToString("[1, 2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "1,\"x\":2", "1}", "{\"a\":1", "tru", "'a'", "1 2", "\"\ud800\"", "\"\\ud800\"", "NaN"})
    void shouldRefuseTextThatIsNotOneValue(String json) {
        assertThatThrownBy(() -> JsonText.of(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON: ");
    }

    @Test
    void shouldEncodeJavaValues() {
        assertThat(JsonText.encode(null)).hasToString("null");
        assertThat(JsonText.encode("a\"b")).hasToString("\"a\\\"b\"");
        assertThat(JsonText.encode(true)).hasToString("true");
        assertThat(JsonText.encode(1.5)).hasToString("1.5");
        assertThat(JsonText.encode(new JsonObject().put("a", new JsonArray().add(1))))
                .hasToString("{\"a\":[1]}");
        JsonText text = JsonText.of("1");
        assertThat(JsonText.encode(text)).isSameAs(text);
    }

    @Test
    void shouldDecodeToJavaValues() {
        assertThat(JsonText.of("null").decode()).isNull();
        assertThat(JsonText.of("\"a\"").decode()).isEqualTo("a");
        assertThat(JsonText.of("7").decode(Integer.class)).isEqualTo(7);
        assertThat(JsonText.of("{\"a\":1}").toJsonObject()).isEqualTo(new JsonObject().put("a", 1));
        assertThat(JsonText.of("[1]").toJsonArray()).isEqualTo(new JsonArray().add(1));
    }

    @Test
    void shouldBeEqualIfTheTextIs() {
        assertThat(JsonText.of(" 1")).isEqualTo(JsonText.of("1")).hasSameHashCodeAs(JsonText.of("1"));
        assertThat(JsonText.of("1")).isNotEqualTo(JsonText.of("1.0"));
    }
}
