package dev.tessera.impl.cluster;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import io.vertx.core.eventbus.EventBusOptions;

/** Where the event bus of a member listens, and where others are told that it does. */
public final class EventBusAddress {

    private static final String ANY = "0.0.0.0";

    private EventBusAddress() {}

    /** Whether a host stands for every address of this machine, so that others cannot be told it. */
    static boolean isAny(String host) {
        return host.equals(ANY);
    }

    /** For an application, whose cluster manager knows its address where the settings do not tell. */
    public static EventBusOptions ofApplication(Configuration configuration) {
        EventBusOptions options = new EventBusOptions().setPort(configuration.get(Settings.CLUSTER_EVENT_BUS_PORT));
        String host = configuration.get(Settings.CLUSTER_HOST);
        if (!isAny(host)) {
            options.setHost(host);
        }
        configuration.get(Settings.CLUSTER_PUBLIC_HOST).ifPresent(options::setClusterPublicHost);
        return options;
    }

    /** For a node. */
    static EventBusOptions ofNode(Configuration configuration, String memberHost) {
        return new EventBusOptions()
                .setHost(configuration.get(Settings.CLUSTER_HOST))
                .setPort(configuration.get(Settings.CLUSTER_EVENT_BUS_PORT))
                .setClusterPublicHost(
                        configuration.get(Settings.CLUSTER_PUBLIC_HOST).orElse(memberHost));
    }
}
