package dev.tessera.impl.edit;

import static dev.tessera.impl.edit.Patches.add;
import static dev.tessera.impl.edit.Patches.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tessera.impl.edit.EditException.Reason;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that are added to, and arrays that grow, at one place of a value. */
@Tag(Layer.UNIT)
class PlaceEditTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    5                         | $          | 2   | 7                            | 7
                    -                         | $          | 1e1 | 10                           | 10
                    -                         | $.n        | 1   | {"n":1}                      | 1
                    -                         | $['\\u0022'] | 1   | {"\\"":1}                    | 1
                    {}                        | $.n        | -1  | {"n":-1}                     | -1
                    `{ }`                     | $.n        | 1   | `{ "n":1}`                   | 1
                    `{ "a" : [1.0] }`         | $.n        | 1   | `{ "a" : [1.0] ,"n":1}`      | 1
                    `{ "a" : [ 1.0 , 2 ] }`   | $.a[0]     | 1   | `{ "a" : [ 2.0 , 2 ] }`      | 2.0
                    `{ "a" : [ 1.0 , 2 ] }`   | $.a[-1]    | 1   | `{ "a" : [ 1.0 , 3 ] }`      | 3
                    {"a":{"b":1},"c":1e400}   | $.a.b      | 1   | {"a":{"b":2},"c":1e400}      | 2
                    {"a":{"b":1}}             | $['a']["c"] | 1   | {"a":{"b":1,"c":1}}         | 1
                    {"n":1,"n":2}             | $.n        | 1   | {"n":1,"n":3}                | 3
                    {"\\u006e":1}             | $.n        | 1   | {"\\u006e":2}                | 2
                    """)
    void shouldAddANumber(String value, String path, String amount, String result, String number) {
        assertThat(add(value, path, amount)).containsExactly(result, number);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    "5"               | $         | WRONG_TYPE | is not a number at $
                    [5]               | $         | WRONG_TYPE | is not a number at $
                    {"n":null}        | $.n       | WRONG_TYPE | is not a number at $['n']
                    {"n":[{}]}        | $.n[0]    | WRONG_TYPE | is not a number at $['n'][0]
                    7                 | $.n       | WRONG_TYPE | is not an object at $
                    {"a":[1]}         | $.a.n     | WRONG_TYPE | is not an object at $['a']
                    {"a":{"0":1}}     | $.a[0]    | WRONG_TYPE | is not an array at $['a']
                    {"a":1}           | $.b.n     | NO_PLACE   | has nothing at $['b']
                    {"a":[1]}         | $.a[1]    | NO_PLACE   | has nothing at $['a'][1]
                    {"a":[1]}         | $.a[-2]   | NO_PLACE   | has nothing at $['a'][-2]
                    -                 | $.a.b     | NO_PLACE   | has nothing at $['a']
                    -                 | $[0]      | NO_PLACE   | has nothing at $[0]
                    """)
    void shouldFailAtAPlaceThatDoesNotFit(String value, String path, Reason reason, String message) {
        EditException failure = catchThrowableOfType(EditException.class, () -> add(value, path, "1"));

        assertThat(failure).hasMessage(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    -               | $    | [1, 2]      | 9 | [1, 2]           | 2
                    -               | $    | []          | 9 | []               | 0
                    -               | $    | [1,2 , 3]   | 2 | [2 , 3]          | 2
                    -               | $    | [1,2]       | 0 | []               | 0
                    -               | $.a  | [1]         | 9 | {"a":[1]}        | 1
                    []              | $    | [ {"a":1} ] | 9 | [ {"a":1} ]      | 1
                    `[ ]`           | $    | []          | 9 | `[ ]`            | 0
                    `[ 1.0 , 2 ]`   | $    | [ 3 ]       | 9 | `[ 1.0 , 2 , 3 ]` | 3
                    `[ 1.0 , 2 ]`   | $    | []          | 9 | `[ 1.0 , 2 ]`    | 2
                    `[ 1.0 , 2 ]`   | $    | []          | 1 | `[2 ]`           | 1
                    `[ 1.0 , 2 ]`   | $    | []          | 0 | []               | 0
                    [1,2,3]         | $    | [4,5]       | 4 | [2,3,4,5]        | 4
                    [1,2,3]         | $    | [4,5]       | 2 | [4,5]            | 2
                    [1,2,3]         | $    | [4,5]       | 1 | [5]              | 1
                    [1,2,3]         | $    | [4,5]       | 0 | []               | 0
                    {"a":[1],"b":2} | $.a  | [[2],3]     | 9 | {"a":[1,[2],3],"b":2} | 3
                    {"b":2}         | $.a  | [1,2]       | 1 | {"b":2,"a":[2]}  | 1
                    [["x"],[]]      | $[1] | [1]         | 9 | [["x"],[1]]      | 1
                    """)
    void shouldAppendElements(
            String value, String path, String elements, long lengthMax, String result, String length) {
        assertThat(append(value, path, elements, lengthMax)).containsExactly(result, length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}            | $     | WRONG_TYPE | is not an array at $
                    {"a":"[]"}    | $.a   | WRONG_TYPE | is not an array at $['a']
                    {"a":1}       | $.b.c | NO_PLACE   | has nothing at $['b']
                    [[]]          | $[1]  | NO_PLACE   | has nothing at $[1]
                    """)
    void shouldAppendToArraysAlone(String value, String path, Reason reason, String message) {
        EditException failure = catchThrowableOfType(EditException.class, () -> append(value, path, "[1]", 9));

        assertThat(failure).hasMessage(message);
        assertThat(failure.reason()).isEqualTo(reason);
    }
}
