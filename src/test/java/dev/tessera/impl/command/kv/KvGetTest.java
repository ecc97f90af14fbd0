package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvGetTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldGiveValuesInTheOrderOfTheRequestAndNullForNone() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":"x","n":null}}}""");

        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["b","none","a","n"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"b":"x","none":null,"a":1,"n":null}}}""");
    }

    @Test
    void shouldIgnoreElementsThatAreNotStrings() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"1":2,"null":3}}}""");

        assertThat(runner.run("""
                                {"KV_GET":{"tkn":7,"keys":[1,null,"a",true,{"a":"a"},["a",["1"]],1.5]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":1}}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":[1]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{}}}""");
    }

    @Test
    void shouldTakeNoKeysAtAll() {
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":[]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{}}}""");
    }

    @Test
    void shouldAnswerARepeatedKeyOnce() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1}}}""");

        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a","b","\\u0061","b"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":1,"b":null}}}""");
    }

    @Test
    void shouldReturnExactlyTheStoredBytes() {
        for (String value : List.of(
                "1.0",
                "1e400",
                "-0",
                "1E+2",
                "12345678901234567890123",
                "0.1000",
                "\"\\u0061\\/\\ud83d\\ude00\u00e9\"",
                """
                        {"b":1,"a":2,"b":3}""",
                "{ \"a\" : [ 1 ,\n2 ] }",
                "[]",
                "{}",
                "true",
                "\"\"",
                """
                        {"\\u0061":1,"a":2}""")) {
            runner.run("""
                    {"KV_SET":{"tkn":7,"keys":{"a": %s }}}""".formatted(value));
            assertThat(runner.run("""
                    {"KV_GET":{"tkn":7,"keys":["a"]}}""")).isEqualTo("""
                            {"KV_GET_RSP":{"tkn":7,"keys":{"a":%s}}}""".formatted(value));
        }
    }

    @Test
    void shouldFindAKeyInEverySpelling() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"\\u0061/\u00e9":1}}}""");

        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a\\/\\u00E9"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a/\u00e9":1}}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_GET":{"tkn":8,"keys":["a"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
