package dev.tessera.impl.edit;

import static dev.tessera.impl.edit.Patches.merge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class MergePatchTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":"b"}              | {"a":"c"}              | {"a":"c"}
                    {"a":"b"}              | {"b":"c"}              | {"a":"b","b":"c"}
                    {"a":"b"}              | {"a":null}             | {}
                    {"a":"b","b":"c"}      | {"a":null}             | {"b":"c"}
                    {"a":["b"]}            | {"a":"c"}              | {"a":"c"}
                    {"a":"c"}              | {"a":["b"]}            | {"a":["b"]}
                    {"a":{"b":"c"}}        | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
                    {"a":[{"b":"c"}]}      | {"a":[1]}              | {"a":[1]}
                    ["a","b"]              | ["c","d"]              | ["c","d"]
                    {"a":"b"}              | ["c"]                  | ["c"]
                    {"a":"foo"}            | null                   | null
                    {"a":"foo"}            | "bar"                  | "bar"
                    {"e":null}             | {"a":1}                | {"e":null,"a":1}
                    [1,2]                  | {"a":"b","c":null}     | {"a":"b"}
                    {}                     | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
                    """)
    void shouldMergeAsTheTableOfRfc7396(String value, String patch, String result) {
        assertThat(merge(value, patch)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # The text around a change stays.
                    `{ "b" : [ 1.0 , 1e400 ] , "a" : "\\u0061" }` | {"c":1} \
                    | `{ "b" : [ 1.0 , 1e400 ] , "a" : "\\u0061" ,"c":1}`
                    `{ "b" : [ 1.0 ] , "a" : { "x" : 1 } , "c":2 }` | {"a":{"x":2}} \
                    | `{ "b" : [ 1.0 ] , "a" : { "x" : 2 } , "c":2 }`
                    `{ "b" : 1 , "a" : 2 }`                       | {"b":null}           | `{ "a" : 2 }`
                    `{ "b" : 1 , "a" : 2 }`                       | {"a":null}           | `{ "b" : 1 }`
                    `{ "b" : 1 }`                                 | {"b":null}           | {}
                    `{ }`                                         | {"b":{}}             | {"b":{}}
                    `{"a":{ }}`                                   | {"a":{}}             | `{"a":{ }}`
                    `{"a":{ }}`                                   | {"a":{"x":null},"b":1} | `{"a":{ },"b":1}`
                    {"a":{"x":1,"x":2},"b":1}                     | {"b":2}              | {"a":{"x":1,"x":2},"b":2}
                    # Names are equal by their characters.
                    {"\\u0061":1}                                 | {"a":2}              | {"\\u0061":2}
                    {"a":1}                                       | {"\\u0061":2}        | {"a":2}
                    {"a\\"b":1}                                   | {"a\\u0022b":null}   | {}
                    {}                                            | {"\\u0061\\u000a":1} | {"a\\n":1}
                    # Of repeated names the last one counts.
                    {"a":1,"a":2,"b":3}                           | {"a":4}              | {"a":1,"a":4,"b":3}
                    {"a":1,"a":2,"b":3}                           | {"a":null}           | {"b":3}
                    {"b":3}                                       | {"a":{"x":1},"a":{"y":2}} | {"b":3,"a":{"y":2}}
                    {"a":1}                                       | {"a":2,"a":null}     | {}
                    # The patch is a list of changes, so its nulls never become members.
                    1 | `{"a":{"b":null},"c":[null,{"d":null}]}` | `{"a":{},"c":[null,{"d":null}]}`
                    {"a":1}                                       | {"a":{"b":{"c":2}}}  | {"a":{"b":{"c":2}}}
                    # Values keep the text that came.
                    {"a":1} | `{"a": [ 1.50 , {"b" : null} ] }` | `{"a":[ 1.50 , {"b" : null} ]}`
                    """)
    void shouldKeepTheTextThatItDoesNotTouch(String value, String patch, String result) {
        assertThat(merge(value, patch)).isEqualTo(result);
    }

    @Test
    void shouldReportThatItTouchesNothing() {
        byte[] value = {'{', ' ', '}'};
        byte[] patch = "{\"a\":null}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        assertThat(MergePatch.apply(value, 0, 3, patch, 0, patch.length, 10, Budgets.unlimited()))
                .isNull();
    }

    @Test
    void shouldFindNamesAmongMany() {
        StringBuilder value = new StringBuilder("{\"k\":0");
        StringBuilder patch = new StringBuilder("{\"k\":null");
        StringBuilder result = new StringBuilder("{");
        for (int i = 0; i < 1_000; i++) {
            value.append(",\"k").append(i).append("\":").append(i);
            if (i % 3 == 0) {
                patch.append(",\"\\u006b").append(i).append("\":null");
            } else {
                patch.append(",\"k").append(i).append("\":\"").append(i).append('"');
                result.append(i == 1 ? "" : ",")
                        .append("\"k")
                        .append(i)
                        .append("\":\"")
                        .append(i)
                        .append('"');
            }
        }
        value.append(",\"k1\":1,\"k3\":2}");
        patch.append(",\"new\":0}");
        result.append(",\"k1\":\"1\",\"new\":0}");

        String expected = result.toString().replaceFirst("\"k1\":\"1\"", "\"k1\":1");
        assertThat(merge(value.toString(), patch.toString())).isEqualTo(expected);
    }

    @Test
    void shouldLimitTheResult() {
        assertThat(merge("{\"a\":1}", "{\"b\":2}", 13, Budgets.unlimited())).isEqualTo("{\"a\":1,\"b\":2}");
        assertThatThrownBy(() -> merge("{\"a\":1}", "{\"b\":2}", 12, Budgets.unlimited()))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessage(BudgetExceededException.tooLarge(12));
    }

    @Test
    void shouldMergeDeepPatches() {
        int depth = 2_000;
        String patch = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(merge("{}", patch)).isEqualTo(patch);
    }
}
