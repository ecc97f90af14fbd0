package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvSetTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldReturnWhetherEachKeyIsNew() {
        assertThat(runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":2}}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"tkn":7,"keys":{"a":20,"b":20}}}""");
        assertThat(runner.run("""
                {"KV_SET":{"keys":{"c":3,"a":4},"tkn":7}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"tkn":7,"keys":{"c":20,"a":21}}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a","b","c"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":4,"b":2,"c":3}}}""");
    }

    @Test
    void shouldCountTheLastValueOfARepeatedKeyAndAnswerOnceAtItsFirstPlace() {
        assertThat(runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":2,"\\u0061":3}}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"tkn":7,"keys":{"a":20,"b":20}}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":3}}}""");
        assertThat(runner.run("""
                {"KV_KEYS":{"tkn":7}}""")).isEqualTo("""
                        {"KV_KEYS_RSP":{"tkn":7,"st":1,"keys":["a","b"]}}""");
    }

    @Test
    void shouldCountTheLastOfARepeatedParameter() {
        assertThat(runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1},"keys":{"b":2}}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"tkn":7,"keys":{"b":20}}}""");
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":7,"st":1,"cnt":1}}""");
    }

    @Test
    void shouldTakeTheEmptyKeyAndKeysNamedAsParameters() {
        assertThat(runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"":1,"tkn":2,"keys":3,"st":4}}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"tkn":7,"keys":{"":20,"tkn":20,"keys":20,"st":20}}}""");
    }

    @Test
    void shouldAnswerKeysInCanonicalSpelling() {
        assertThat(runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"\\/\\u0022\\u000A\\u00e9\\ud83d\\ude00":1}}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"tkn":7,"keys":{"/\\"\\n\u00e9\ud83d\ude00":20}}}""");
    }

    @Test
    void shouldWriteTheLargestToken() {
        runner.session(-1);

        assertThat(runner.run("""
                {"KV_SET":{"tkn":18446744073709551615,"keys":{"a":1}}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"tkn":18446744073709551615,"keys":{"a":20}}}""");
    }

    @Test
    void shouldChangeNothingWhenRefused() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":[1,}}}""");
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1}},"KV_SET":{"tkn":7,"keys":{"a":1}}}""");

        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":7,"st":1,"cnt":0}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_SET":{"tkn":8,"keys":{"a":1}}}""")).isEqualTo("""
                        {"KV_SET_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
