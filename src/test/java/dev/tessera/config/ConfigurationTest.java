package dev.tessera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ConfigurationTest {

    private final Configuration defaults = Configuration.defaults();

    @Test
    void shouldReturnTheDefaultOfEverySetting() {
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
    void shouldAcceptZeroBelowTheRangeIfItMeansNever() {
        assertThat(defaults.with(Settings.WEBSOCKET_IDLE_TIMEOUT, Duration.ZERO).get(Settings.WEBSOCKET_IDLE_TIMEOUT))
                .isZero();
        assertThatThrownBy(() -> defaults.with(Settings.WEBSOCKET_IDLE_TIMEOUT, Duration.ofMillis(99)))
                .hasMessageContaining("websocket.idleTimeoutMs must be an integer in 0 or 100..86400000, not 99");
    }

    @Test
    void shouldAcceptTimesAsDurationsOfWholeMilliseconds() {
        assertThat(defaults.with(Settings.SEARCH_TIMEOUT, Duration.ofSeconds(3)).show(Settings.SEARCH_TIMEOUT))
                .isEqualTo("search.timeoutMs=3000");
        assertThatThrownBy(() -> defaults.with(Settings.SEARCH_TIMEOUT, Duration.ofNanos(1_500_000)))
                .hasMessage("configuration: search.timeoutMs must be an integer in 1..600000, not PT0.0015S");
        assertThatThrownBy(() -> defaults.with(Settings.SEARCH_TIMEOUT, Duration.ofSeconds(Long.MIN_VALUE)))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void shouldRefuseSettingsWithoutEffectOutsideACluster() {
        Configuration alone = defaults.with(Settings.CLUSTER_BACKUPS, 2);

        assertThatThrownBy(alone::requireConsistent)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("configuration: cluster.backups has no effect without cluster.enabled (--cluster), but"
                        + " cluster.enabled=false and cluster.backups=2");
        assertThat(alone.with(Settings.CLUSTER_ENABLED, true).requireConsistent())
                .isNotNull();
    }

    @Test
    void shouldRefusePartitionsOfOneServerInACluster() {
        Configuration clustered = defaults.with(Settings.CLUSTER_ENABLED, true);

        assertThatThrownBy(clustered.with(Settings.PARTITIONS, 31)::requireConsistent)
                .hasMessageContaining("partitions has no effect in a cluster; set cluster.partitions instead");
    }

    @Test
    void shouldRefuseMoreThanOneWayOfFindingNodes() {
        Configuration clustered = defaults.with(Settings.CLUSTER_ENABLED, true).with(Settings.CLUSTER_MULTICAST, true);

        assertThatThrownBy(clustered.with(Settings.CLUSTER_MEMBERS, List.of("10.0.0.1:5701"))::requireConsistent)
                .hasMessageContaining("one of cluster.members and cluster.multicast must be left out");
        assertThatThrownBy(
                        clustered.with(Settings.CLUSTER_KUBERNETES_SERVICE, Optional.of("tessera.default"))
                                ::requireConsistent)
                .hasMessageContaining("one of cluster.kubernetesService and cluster.multicast must be left out");
    }

    @Test
    void shouldAcceptAddressesOfNodesWithPorts() {
        for (String address : new String[] {"10.0.0.1:5701", "node-1.example.com:5701", "[fe80::1]:5701"}) {
            assertThat(defaults.with(Settings.CLUSTER_MEMBERS, List.of(address)))
                    .isNotNull();
        }
        for (String address :
                new String[] {"10.0.0.1", "", ":5701", "node:", "no de:5701", "node:5701/x", "fe80::1:5701:"}) {
            assertThatThrownBy(() -> defaults.with(Settings.CLUSTER_MEMBERS, List.of(address)))
                    .hasMessageContaining("an array of 0..256 addresses such as 10.0.0.1:5701");
        }
    }

    @Test
    void shouldRefuseReplyLimitThatDoesNotHoldTwoPayloads() {
        Configuration inconsistent =
                defaults.with(Settings.MAX_PAYLOAD_BYTES, 65_536).with(Settings.MAX_REPLY_BYTES, 196_607);

        assertThatThrownBy(inconsistent::requireConsistent)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("configuration: limits.maxReplyBytes must be at least 2 x limits.maxPayloadBytes + 65536, "
                        + "but limits.maxReplyBytes=196607 and limits.maxPayloadBytes=65536");
        assertThat(inconsistent.with(Settings.MAX_REPLY_BYTES, 196_608).requireConsistent())
                .isNotNull();
    }

    @Test
    void shouldRefuseOnePortForTwoServersUnlessItIsAnyFreeOne() {
        assertThatThrownBy(() -> defaults.with(Settings.PORT, 1988).requireConsistent())
                .hasMessageContaining("port and management.port must differ");
        assertThat(defaults.with(Settings.PORT, 0)
                        .with(Settings.MANAGEMENT_PORT, 0)
                        .requireConsistent())
                .isNotNull();
    }

    @Test
    void shouldNeverShowTheSecret() {
        String secret = "a very secret secret";
        Configuration configuration = defaults.with(Settings.SESSIONS_SECRET, Optional.of(secret));

        assertThat(configuration.toString())
                .contains("sessions.secret=(hidden)")
                .doesNotContain(secret);
        assertThatThrownBy(() -> defaults.with(Settings.SESSIONS_SECRET, Optional.of("too short")))
                .hasMessage("configuration: sessions.secret must be a string of 16..1024 characters, or null");
    }

    @SuppressWarnings("unchecked")
    private static Setting<Object> cast(Setting<?> setting) {
        return (Setting<Object>) setting;
    }
}
