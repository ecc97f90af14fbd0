package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import org.junit.jupiter.api.Test;

class StartReportTest {

    @Test
    void shouldSayWhetherThereAreSessions() {
        assertThat(StartReport.sessions(Configuration.defaults())).isEqualTo("sessions enabled");
        assertThat(StartReport.sessions(Configuration.defaults().with(Settings.SESSIONS_ENABLED, false)))
                .isEqualTo("sessions disabled: one key space");
    }
}
