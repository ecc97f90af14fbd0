package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvClearSetTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldPutKeysInThePlaceOfAll() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":2,"c":3}}}""");

        assertThat(runner.run("""
                {"KV_CLEAR_SET":{"tkn":7,"keys":{"d":4,"a":5,"d":6}}}""")).isEqualTo("""
                        {"KV_CLEAR_SET_RSP":{"tkn":7,"st":1,"cnt":3,"keys":{"d":20,"a":20}}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a","b","d"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":5,"b":null,"d":6}}}""");
    }

    @Test
    void shouldOnlyClearWithoutKeys() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1}}}""");

        assertThat(runner.run("""
                {"KV_CLEAR_SET":{"tkn":7,"keys":{}}}""")).isEqualTo("""
                        {"KV_CLEAR_SET_RSP":{"tkn":7,"st":1,"cnt":1,"keys":{}}}""");
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":7,"st":1,"cnt":0}}""");
    }

    @Test
    void shouldNotClearWhenRefused() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1}}}""");
        runner.run("""
                {"KV_CLEAR_SET":{"tkn":7,"keys":[]}}""");

        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":7,"st":1,"cnt":1}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_CLEAR_SET":{"tkn":8,"keys":{"a":1}}}""")).isEqualTo("""
                        {"KV_CLEAR_SET_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
