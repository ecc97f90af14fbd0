package dev.tessera.impl.command.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ShInfoTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldDescribeASessionThatNeverEnds() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":2}}}""");

        assertThat(runner.run("""
                {"SH_INFO":{"tkn":7,"extra":true}}""")).isEqualTo("""
                        {"SH_INFO_RSP":{"st":1,"tkn":7,"shared":false,"keyCnt":2,"expires":false}}""");
    }

    @Test
    void shouldDescribeASharedSession() {
        runner.run("""
                {"SH_NEW":{"name":"n","shared":true,"expiry":{"duration":0,"deleteSession":true}}}""");
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));

        assertThat(runner.run("""
                {"SH_INFO":{"tkn":%s}}""".formatted(token))).isEqualTo("""
                        {"SH_INFO_RSP":{"st":1,"tkn":%s,"shared":true,"keyCnt":0,"expires":false}}""".formatted(token));
    }

    @Test
    void shouldReturnTheRemainingTimeWithoutMovingTheEnd() {
        runner.session(8, new Expiry(10, true));
        runner.advanceMs(2_500);
        for (int i = 0; i < 2; i++) {
            assertThat(runner.run("""
                    {"SH_INFO":{"tkn":8}}"""))
                    .isEqualTo("{\"SH_INFO_RSP\":{\"st\":1,\"tkn\":8,\"shared\":false,\"keyCnt\":0,\"expires\":true,"
                            + "\"expiry\":{\"duration\":10,\"remaining\":8,\"deleteSession\":true}}}");
        }
        runner.run("""
                {"KV_COUNT":{"tkn":8}}""");
        assertThat(runner.run("""
                {"SH_INFO":{"tkn":8}}""")).as("a KV_ command moves it").contains("\"remaining\":10,");
    }

    @Test
    void shouldShowAFreshDurationAfterTheEndOfASessionThatStays() {
        runner.session(8, new Expiry(10, false)).run("""
                {"KV_SET":{"tkn":8,"keys":{"a":1}}}""");
        runner.advanceMs(10_000);

        assertThat(runner.run("""
                {"SH_INFO":{"tkn":8}}"""))
                .isEqualTo("{\"SH_INFO_RSP\":{\"st\":1,\"tkn\":8,\"shared\":false,\"keyCnt\":0,\"expires\":true,"
                        + "\"expiry\":{\"duration\":10,\"remaining\":10,\"deleteSession\":false}}}");
    }

    @Test
    void shouldWriteTheLongestDuration() {
        runner.session(8, new Expiry(-1, true));

        assertThat(runner.run("""
                {"SH_INFO":{"tkn":8}}"""))
                .contains("\"duration\":18446744073709551615,\"remaining\":")
                .doesNotContain("-");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"SH_INFO":{"tkn":8}}""")).isEqualTo("""
                        {"SH_INFO_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
