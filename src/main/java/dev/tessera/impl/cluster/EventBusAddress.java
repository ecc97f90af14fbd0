package dev.tessera.impl.cluster;

import io.vertx.core.eventbus.EventBusOptions;

/** Addresses of the event bus of a member: the one it listens on, and the one it tells others. */
public final class EventBusAddress {

    private EventBusAddress() {}

    /** Returns the options of an application. If they name no host, its cluster manager knows one. */
    public static EventBusOptions ofApplication(MemberOptions.Address address) {
        EventBusOptions options = new EventBusOptions().setPort(address.eventBusPort());
        if (!address.isAnyHost()) {
            options.setHost(address.host());
        }
        address.publicHost().ifPresent(options::setClusterPublicHost);
        return options;
    }

    /** Returns the options of a node. */
    static EventBusOptions ofNode(MemberOptions.Address address, String memberHost) {
        return new EventBusOptions()
                .setHost(address.host())
                .setPort(address.eventBusPort())
                .setClusterPublicHost(address.publicHost().orElse(memberHost));
    }
}
