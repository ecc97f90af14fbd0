package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class StartReportTest {

    @Test
    void shouldSayWhetherThereAreSessions() {
        assertThat(StartReport.sessions(Configuration.defaults())).isEqualTo("sessions enabled");
        assertThat(StartReport.sessions(Configuration.defaults().with(Settings.SESSIONS_ENABLED, false)))
                .isEqualTo("sessions disabled: one key space");
    }
}
