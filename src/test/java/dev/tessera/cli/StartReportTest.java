package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.memory.HeapShares;
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

    @Test
    void shouldShowLimitsAsTheyAreInForce() {
        assertThat(StartReport.limits(Configuration.defaults()))
                .contains(
                        "maxUnsentTotalBytes=" + HeapShares.ofThisJvm().unread() + ", ",
                        "maxDataBytes=" + HeapShares.ofThisJvm().data() + ", ",
                        "maxConnections=10000 connections, ")
                .containsPattern("maxReplyBytes=\\d+, ")
                .doesNotContain("=0");
        assertThat(StartReport.limits(Configuration.defaults().with(Settings.MAX_UNSENT_TOTAL_BYTES, 2_000_000L)))
                .contains("maxUnsentTotalBytes=2000000, ");
    }
}
