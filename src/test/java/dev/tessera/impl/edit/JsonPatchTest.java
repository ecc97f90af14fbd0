package dev.tessera.impl.edit;

import static dev.tessera.impl.edit.Patches.patch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tessera.impl.edit.EditException.Reason;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class JsonPatchTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # A.1 to A.8
                    {"foo":"bar"} | [{"op":"add","path":"/baz","value":"qux"}] | {"foo":"bar","baz":"qux"}
                    {"foo":["bar","baz"]} | [{"op":"add","path":"/foo/1","value":"qux"}] | {"foo":["bar","qux","baz"]}
                    {"baz":"qux","foo":"bar"} | [{"op":"remove","path":"/baz"}] | {"foo":"bar"}
                    {"foo":["bar","qux","baz"]} | [{"op":"remove","path":"/foo/1"}] | {"foo":["bar","baz"]}
                    {"baz":"qux","foo":"bar"} | [{"op":"replace","path":"/baz","value":"boo"}] \
                    | {"baz":"boo","foo":"bar"}
                    {"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}} \
                    | [{"op":"move","from":"/foo/waldo","path":"/qux/thud"}] \
                    | {"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}
                    {"foo":["all","grass","cows","eat"]} | [{"op":"move","from":"/foo/1","path":"/foo/3"}] \
                    | {"foo":["all","cows","eat","grass"]}
                    {"baz":"qux","foo":["a",2,"c"]} \
                    | [{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}] \
                    | {"baz":"qux","foo":["a",2,"c"]}
                    # A.10, A.11, A.14, A.16
                    {"foo":"bar"} | [{"op":"add","path":"/child","value":{"grandchild":{}}}] \
                    | {"foo":"bar","child":{"grandchild":{}}}
                    {"foo":"bar"} | [{"op":"add","path":"/baz","value":"qux","xyz":123}] | {"foo":"bar","baz":"qux"}
                    {"/":9,"~1":10} | [{"op":"test","path":"/~01","value":10}] | {"/":9,"~1":10}
                    {"foo":["bar"]} | [{"op":"add","path":"/foo/-","value":["abc","def"]}] \
                    | {"foo":["bar",["abc","def"]]}
                    """)
    void shouldPatchAsAppendixAOfRfc6902(String value, String operations, String result) throws Exception {
        assertThat(patch(value, operations)).isEqualTo(result);
    }

    @Test
    void shouldFailAsAppendixAOfRfc6902() {
        assertFails("{\"baz\":\"qux\"}", """
                [{"op":"test","path":"/baz","value":"bar"}]""", Reason.CONFLICT, EditMessages.testFailed(0, "/baz"));
        assertFails("{\"foo\":\"bar\"}", """
                [{"op":"add","path":"/baz/bat","value":"qux"}]""", Reason.NO_PLACE, EditMessages.noPlace(0, "/baz/bat"));
        assertFails("{\"/\":9,\"~1\":10}", """
                [{"op":"test","path":"/~01","value":"10"}]""", Reason.CONFLICT, EditMessages.testFailed(0, "/~01"));
    }

    private static void assertFails(String value, String operations, Reason reason, String message) {
        EditException failure = catchThrowableOfType(EditException.class, () -> patch(value, operations));
        assertThat(failure).as(operations).hasMessage(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # The whole value
                    {"a":1} | [{"op":"add","path":"","value":7}] | 7
                    {"a":1} | [{"op":"replace","path":"","value":[]},{"op":"add","path":"/-","value":1}] | [1]
                    {"a":1} | [{"op":"copy","from":"","path":"/b"}] | {"a":1,"b":{"a":1}}
                    {"a":1} | [{"op":"copy","from":"","path":"/b"},{"op":"copy","from":"","path":"/b/b"}] \
                    | {"a":1,"b":{"a":1,"b":{"a":1,"b":{"a":1}}}}
                    {"a":{"b":1}} | [{"op":"move","from":"/a","path":""}] | {"b":1}
                    {"a":1} | [{"op":"move","from":"","path":""}] | {"a":1}
                    {"a":1} | [{"op":"test","path":"","value":{"a":1}}] | {"a":1}
                    7 | [] | 7
                    # Names
                    {"":1,"a/b":2,"m~n":3} \
                    | [{"op":"replace","path":"/","value":4},{"op":"replace","path":"/a~1b",\
                    "value":5},{"op":"remove","path":"/m~0n"}] \
                    | {"":4,"a/b":5}
                    {"\\u0061":1} | [{"op":"replace","path":"/a","value":2}] | {"\\u0061":2}
                    {"a":1} | [{"op":"replace","path":"/\\u0061","value":2}] | {"a":2}
                    {"a\\nb":1} | [{"op":"replace","path":"\\/a\\u000ab","value":2}] | {"a\\nb":2}
                    {"1":1,"-":2,"01":3} \
                    | [{"op":"remove","path":"/1"},{"op":"replace","path":"/-","value":4},{"op":"remove",\
                    "path":"/01"}] \
                    | {"-":4}
                    {"a":1,"a":2} | [{"op":"test","path":"/a","value":2},{"op":"replace","path":"/a","value":3}] \
                    | {"a":1,"a":3}
                    {"a":1,"b":0,"a":2} | [{"op":"remove","path":"/a"}] | {"b":0}
                    # Arrays
                    [1,2] \
                    | [{"op":"add","path":"/0","value":0},{"op":"add","path":"/3","value":3},{"op":"add",\
                    "path":"/-","value":4}] \
                    | [0,1,2,3,4]
                    [] \
                    | [{"op":"add","path":"/-","value":{}},{"op":"add","path":"/0/a","value":[]},{"op":"add",\
                    "path":"/0/a/0","value":1}] \
                    | [{"a":[1]}]
                    [1,2,3] | [{"op":"remove","path":"/0"},{"op":"remove","path":"/1"},{"op":"remove","path":"/0"}] | []
                    [[1],[2]] | [{"op":"move","from":"/0/0","path":"/1/-"},{"op":"remove","path":"/0"}] | [[2,1]]
                    [1,2,3] | [{"op":"move","from":"/2","path":"/0"},{"op":"copy","from":"/1","path":"/-"}] | [3,1,2,1]
                    # The text around a change stays.
                    `{ "a" : [ 1.0 , 2 ] , "b" : 1e400 }` | [{"op":"replace","path":"/a/1","value": {"c" : 1} }] \
                    | `{ "a" : [ 1.0 , {"c" : 1} ] , "b" : 1e400 }`
                    `{ "a" : [ 1.0 , 2 ] , "b" : 1e400 }` | [{"op":"move","from":"/a","path":"/c"}] \
                    | `{ "b" : 1e400 ,"c":[ 1.0 , 2 ]}`
                    `[ 1 , 2 ]` | [{"op":"add","path":"/1","value":9}] | `[ 1 ,9, 2 ]`
                    `{"a":{ }}` | [{"op":"test","path":"/a","value":{}},{"op":"add","path":"/b","value":1}] \
                    | `{"a":{ },"b":1}`
                    `{"a": [ 1 ] , "b":0}` \
                    | [{"op":"replace","path":"/a/0","value":2},{"op":"test","path":"/a",\
                    "value":[2]},{"op":"copy","from":"/a","path":"/b"}] \
                    | `{"a": [ 2 ] , "b":[ 2 ]}`
                    # A member of an operation counts once, the last time.
                    {"a":1} | [{"op":"remove","path":"/x","op":"add","path":"/a","value":1,"value":2}] | {"a":2}
                    {"a":1} | [{"value":null,"path":"/a","op":"\\u0061dd"}] | {"a":null}
                    {"a":1,"b":2} | [{"op":"move","from":"/a","path":"/a"}] | {"a":1,"b":2}
                    {"a":1,"ab":2} | [{"op":"move","from":"/a","path":"/ab"}] | {"ab":1}
                    """)
    void shouldPatch(String value, String operations, String result) throws Exception {
        assertThat(patch(value, operations)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    1 | 1.0
                    10 | 1e1
                    -0 | 0.00
                    1e400 | 10E+399
                    "\\u0061\\/" | "a/"
                    [1,{"a":1.0}] | [1.0,{"\\u0061":1}]
                    {"a":1,"b":[2]} | {"b":[2],"a":1}
                    {"a":0,"a":1} | {"a":1}
                    """)
    void shouldTestValuesInTheirMeaning(String value, String expected) throws Exception {
        assertThat(patch(value, "[{\"op\":\"test\",\"path\":\"\",\"value\":" + expected + "}]"))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    1 | 1.0000000000000000000000000000001
                    1 | "1"
                    1e400 | 1e401
                    null | false
                    [1,2] | [2,1]
                    [1] | [1,1]
                    {"a":1} | {"a":1,"b":1}
                    {} | []
                    """)
    void shouldTellValuesApart(String value, String expected) {
        assertFails(
                value,
                "[{\"op\":\"test\",\"path\":\"\",\"value\":" + expected + "}]",
                Reason.CONFLICT,
                EditMessages.testFailed(0, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":[1]} | {"op":"remove","path":"/b"} | /b
                    {"a":[1]} | {"op":"replace","path":"/b","value":1} | /b
                    {"a":[1]} | {"op":"test","path":"/b","value":1} | /b
                    {"a":[1]} | {"op":"move","from":"/b","path":"/c"} | /b
                    {"a":[1]} | {"op":"copy","from":"/b","path":"/c"} | /b
                    {"a":[1]} | {"op":"add","path":"/b/c","value":1} | /b/c
                    {"a":[1]} | {"op":"add","path":"/a/0/c","value":1} | /a/0/c
                    {"a":[1]} | {"op":"add","path":"/a/2","value":1} | /a/2
                    {"a":[1]} | {"op":"add","path":"/a/01","value":1} | /a/01
                    {"a":[1]} | {"op":"add","path":"/a/x","value":1} | /a/x
                    {"a":[1]} | {"op":"add","path":"/a/","value":1} | /a/
                    {"a":[1]} | {"op":"add","path":"/a/-1","value":1} | /a/-1
                    {"a":[1]} | {"op":"add","path":"/a/4294967296","value":1} | /a/4294967296
                    {"a":[1]} | {"op":"remove","path":"/a/-"} | /a/-
                    {"a":[1]} | {"op":"replace","path":"/a/1","value":1} | /a/1
                    {"a":[1]} | {"op":"move","from":"/a/0","path":"/a/1"} | /a/1
                    7 | {"op":"add","path":"/a","value":1} | /a
                    "x" | {"op":"remove","path":"/0"} | /0
                    """)
    void shouldFailAtAPlaceThatDoesNotExist(String value, String operation, String place) {
        assertFails(
                value,
                "[{\"op\":\"test\",\"path\":\"\",\"value\":" + value + "}," + operation + "]",
                Reason.NO_PLACE,
                EditMessages.noPlace(1, place));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {} | is not an array
                    "x" | is not an array
                    [7] | has an operation that is not an object (operation 0)
                    [{"op":"add","path":"/a","value":1},[]] | has an operation that is not an object (operation 1)
                    [{}] | has an operation whose 'op' is not add, remove, replace, move, copy or test (operation 0)
                    [{"op":"ADD","path":"","value":1}] \
                    | has an operation whose 'op' is not add, remove, replace, move, copy or test (operation 0)
                    [{"op":7,"path":"","value":1}] \
                    | has an operation whose 'op' is not add, remove, replace, move, copy or test (operation 0)
                    [{"op":"add","value":1}] | has an operation without 'path' (operation 0)
                    [{"op":"add","path":""}] | has an operation without 'value' (operation 0)
                    [{"op":"copy","path":""}] | has an operation without 'from' (operation 0)
                    [{"op":"add","path":7,"value":1}] \
                    | has an operation whose 'path' is not a JSON pointer (operation 0)
                    [{"op":"add","path":"a","value":1}] \
                    | has an operation whose 'path' is not a JSON pointer (operation 0)
                    [{"op":"add","path":"/~","value":1}] \
                    | has an operation whose 'path' is not a JSON pointer (operation 0)
                    [{"op":"add","path":"/~2","value":1}] \
                    | has an operation whose 'path' is not a JSON pointer (operation 0)
                    [{"op":"copy","path":"","from":null}] \
                    | has an operation whose 'from' is not a JSON pointer (operation 0)
                    [{"op":"remove","path":""}] \
                    | has an operation that removes the whole value; KV_RMV removes a key (operation 0)
                    [{"op":"move","from":"/a","path":"/a/b"}] \
                    | has an operation that moves a value into itself (operation 0)
                    [{"op":"move","from":"","path":"/b"}] \
                    | has an operation that moves a value into itself (operation 0)
                    """)
    void shouldRefuseAValueThatIsNotAPatch(String operations, String message) {
        assertThatThrownBy(() -> Patches.read(operations))
                .isInstanceOf(PatchSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void shouldLimitTheValueAfterEachOperation() throws Exception {
        String shrinks = """
                [{"op":"add","path":"/b","value":22},{"op":"remove","path":"/a"}]""";
        assertThat(patch("{\"a\":1}", shrinks, 14, Budgets.unlimited())).isEqualTo("{\"b\":22}");
        assertThatThrownBy(() -> patch("{\"a\":1}", shrinks, 13, Budgets.unlimited()))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessage(BudgetExceededException.tooLarge(13));
    }
}
