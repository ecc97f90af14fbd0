package dev.tessera.cluster;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import io.vertx.core.eventbus.EventBusOptions;

/** Where the event bus of a member listens. */
final class EventBusAddress {

  private EventBusAddress() {
  }

  /** The options that say so. Where they name no address to advertise, other members are told the one that is bound. */
  static EventBusOptions options(Configuration configuration) {
    EventBusOptions options = new EventBusOptions()
        .setHost(configuration.get(Settings.CLUSTER_HOST))
        .setPort(configuration.get(Settings.CLUSTER_EVENT_BUS_PORT));
    configuration.get(Settings.CLUSTER_PUBLIC_HOST).ifPresent(options::setClusterPublicHost);
    return options;
  }
}
