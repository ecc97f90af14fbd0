package dev.tessera.impl.command.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.session.Expiry;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ShEndAllTest {

    private final CommandRunner runner = new CommandRunner();

    @Test
    void shouldEndTheSessionsOfAllOwnersAndCountThem() {
        for (long token = 1; token <= 10; token++) {
            runner.session(token).run("""
                    {"KV_SET":{"tkn":%s,"keys":{"a":1}}}""".formatted(token));
        }
        assertThat(runner.run("{\"SH_END_ALL\":{}}")).isEqualTo("""
                {"SH_END_ALL_RSP":{"st":1,"cnt":10}}""");
        assertThat(runner.run("""
                {"SH_END_ALL":{"x":1}}""")).isEqualTo("""
                {"SH_END_ALL_RSP":{"st":1,"cnt":0}}""");
        assertThat(runner.run("{\"SH_INFO_ALL\":{}}")).isEqualTo("""
                        {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":0,"totalKeys":0}}""");
    }

    @Test
    void shouldNotCountExpiredSessions() {
        runner.session(1, new Expiry(1, true)).session(2, new Expiry(1, false)).session(3);
        runner.advanceMs(1_000);

        assertThat(runner.run("{\"SH_END_ALL\":{}}")).isEqualTo("""
                {"SH_END_ALL_RSP":{"st":1,"cnt":2}}""");
    }
}
