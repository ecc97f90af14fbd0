package dev.tessera.gateway.port;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;

/**
 * What one connection may hold.
 *
 * @param payloadBytesMax the largest message
 * @param inFlightMax commands that were taken and not answered; beyond it nothing is read
 * @param unsentBytesMax answers that the client does not take; beyond it the connection is dropped
 */
public record GatewayLimits(int payloadBytesMax, int inFlightMax, long unsentBytesMax) {

  /** The limits that a configuration sets. */
  public static GatewayLimits of(Configuration configuration) {
    return new GatewayLimits(configuration.get(Settings.MAX_PAYLOAD), configuration.get(Settings.MAX_IN_FLIGHT),
        configuration.get(Settings.MAX_UNSENT));
  }
}
