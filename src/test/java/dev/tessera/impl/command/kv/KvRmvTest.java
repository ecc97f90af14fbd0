package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvRmvTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldReturnWhetherEachKeyExisted() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":2,"c":3}}}""");

        assertThat(runner.run("""
                {"KV_RMV":{"tkn":7,"keys":["c","none","a"]}}""")).isEqualTo("""
                        {"KV_RMV_RSP":{"tkn":7,"c":24,"none":22,"a":24}}""");
        assertThat(runner.run("""
                {"KV_KEYS":{"tkn":7}}""")).isEqualTo("""
                        {"KV_KEYS_RSP":{"tkn":7,"st":1,"keys":["b"]}}""");
    }

    @Test
    void shouldAnswerARepeatedKeyOnce() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1}}}""");

        assertThat(runner.run("""
                {"KV_RMV":{"tkn":7,"keys":["a","\\u0061"]}}""")).isEqualTo("""
                        {"KV_RMV_RSP":{"tkn":7,"a":24}}""");
    }

    @Test
    void shouldRemoveAKeyOfTheNameOfTheTokenWithoutAStatus() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"tkn":1,"a":1}}}""");

        assertThat(runner.run("""
                {"KV_RMV":{"tkn":7,"keys":["\\u0074kn","a"]}}""")).isEqualTo("""
                        {"KV_RMV_RSP":{"tkn":7,"a":24}}""");
        assertThat(runner.run("""
                {"KV_RMV":{"tkn":7,"keys":["tkn"]}}""")).isEqualTo("""
                {"KV_RMV_RSP":{"tkn":7}}""");
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":7,"st":1,"cnt":0}}""");
    }

    @Test
    void shouldIgnoreElementsThatAreNotStrings() {
        assertThat(runner.run("""
                {"KV_RMV":{"tkn":7,"keys":[1,null]}}""")).isEqualTo("""
                {"KV_RMV_RSP":{"tkn":7}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_RMV":{"tkn":8,"keys":["a"]}}""")).isEqualTo("""
                        {"KV_RMV_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
