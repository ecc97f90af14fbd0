package dev.tessera.impl.gateway.limits;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;

/**
 * What one connection may hold, and all of them.
 *
 * @param payloadBytesMax the largest message
 * @param inFlightMax commands that were taken and not answered; beyond it nothing is read
 * @param unsentBytesMax answers that the client does not take; beyond it the connection is dropped
 * @param unsentTotal answers that all clients together do not take
 */
public record GatewayLimits(int payloadBytesMax, int inFlightMax, long unsentBytesMax, UnsentTotal unsentTotal) {

    /** The limits that a configuration sets, with a total that all gateways of the server share. */
    public static GatewayLimits of(Configuration configuration, UnsentTotal unsentTotal) {
        return new GatewayLimits(
                configuration.get(Settings.MAX_PAYLOAD_BYTES),
                configuration.get(Settings.MAX_IN_FLIGHT),
                configuration.get(Settings.MAX_UNSENT_BYTES),
                unsentTotal);
    }
}
