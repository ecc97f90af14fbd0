package dev.tessera.impl.command.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.session.Expiry;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ShInfoAllTest {

    private final CommandRunner runner = new CommandRunner();

    @Test
    void shouldCountTheSessionsAndKeysOfAllOwners() {
        assertThat(runner.run("{\"SH_INFO_ALL\":{}}")).isEqualTo("""
                        {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":0,"totalKeys":0}}""");
        for (long token = 1; token <= 10; token++) {
            runner.session(token, new Expiry(token, token % 2 == 0)).run("""
                            {"KV_SET":{"tkn":%s,"keys":{"a":1,"b":2}}}""".formatted(token));
        }
        assertThat(runner.run("""
                {"SH_INFO_ALL":{"tkn":5}}""")).isEqualTo("""
                        {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":10,"totalKeys":20}}""");
        runner.advanceMs(4_000);
        assertThat(runner.run("{\"SH_INFO_ALL\":{}}"))
                .as("1 and 3 are empty, 2 and 4 gone")
                .isEqualTo("""
                        {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":8,"totalKeys":12}}""");
    }
}
