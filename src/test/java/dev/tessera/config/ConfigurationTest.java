package dev.tessera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private final Configuration defaults = Configuration.defaults();

  @Test
  void shouldGiveEverySettingItsDefault() {
    for (Setting<?> setting : Settings.ALL) {
      assertThat(defaults.<Object>get(cast(setting))).isEqualTo(setting.defaultValue());
    }
  }

  @Test
  void shouldHaveConsistentDefaults() {
    assertThat(defaults.requireConsistent()).isSameAs(defaults);
  }

  @Test
  void shouldLeaveTheOriginalUntouchedWhenChanged() {
    Configuration changed = defaults.with(Settings.PORT, 4000);

    assertThat(changed.get(Settings.PORT)).isEqualTo(4000);
    assertThat(defaults.get(Settings.PORT)).isEqualTo(1987);
  }

  @Test
  void shouldEqualTheDefaultsWhenChangedBack() {
    assertThat(defaults.with(Settings.PORT, 4000).with(Settings.PORT, 1987)).isEqualTo(defaults);
  }

  @Test
  void shouldRefuseValueOutOfRange() {
    assertThatThrownBy(() -> defaults.with(Settings.PORT, 65_536))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("configuration: port must be an integer in 0..65535, not 65536");
  }

  @Test
  void shouldTakeZeroBesideTheRangeWhereItMeansNever() {
    assertThat(defaults.with(Settings.WEBSOCKET_IDLE_TIMEOUT_MS, 0).get(Settings.WEBSOCKET_IDLE_TIMEOUT_MS)).isZero();
    assertThatThrownBy(() -> defaults.with(Settings.WEBSOCKET_IDLE_TIMEOUT_MS, 99))
        .hasMessageContaining("websocket.idleTimeoutMs must be an integer in 0 or 100..86400000, not 99");
  }

  @Test
  void shouldRefuseReplyLimitThatDoesNotHoldTwoPayloads() {
    Configuration inconsistent = defaults.with(Settings.MAX_PAYLOAD, 65_536).with(Settings.MAX_REPLY, 196_607);

    assertThatThrownBy(inconsistent::requireConsistent)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("configuration: limits.maxReply must be at least 2 x limits.maxPayload + 65536, "
            + "but limits.maxReply=196607 and limits.maxPayload=65536");
    assertThat(inconsistent.with(Settings.MAX_REPLY, 196_608).requireConsistent()).isNotNull();
  }

  @Test
  void shouldRefuseOnePortForTwoServersUnlessItIsAnyFreeOne() {
    assertThatThrownBy(() -> defaults.with(Settings.PORT, 1988).requireConsistent())
        .hasMessageContaining("port and management.port must differ");
    assertThat(defaults.with(Settings.PORT, 0).with(Settings.MANAGEMENT_PORT, 0).requireConsistent()).isNotNull();
  }

  @Test
  void shouldNeverShowTheSecret() {
    String secret = "a very secret secret";
    Configuration configuration = defaults.with(Settings.SESSIONS_SECRET, Optional.of(secret));

    assertThat(configuration.toString()).contains("sessions.secret=(hidden)").doesNotContain(secret);
    assertThatThrownBy(() -> defaults.with(Settings.SESSIONS_SECRET, Optional.of("too short")))
        .hasMessage("configuration: sessions.secret must be a string of 16..1024 characters, or null");
  }

  @SuppressWarnings("unchecked")
  private static Setting<Object> cast(Setting<?> setting) {
    return (Setting<Object>) setting;
  }
}
