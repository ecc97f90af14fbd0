package dev.tessera.impl.gateway.limits;

import dev.tessera.config.Settings;
import org.jspecify.annotations.Nullable;

/** The unsent bytes of one connection, as a share of an {@link UnsentTotal}. Thread: the connection's event loop. */
public final class UnsentShare {

    private final GatewayLimits limits;
    private final UnsentTotal total;
    private long countedBytes;
    private boolean dropped;

    /** Creates the share of a connection without unsent bytes. */
    public UnsentShare(GatewayLimits limits, UnsentTotal total) {
        this.limits = limits;
        this.total = total;
    }

    /**
     * Updates the number of bytes that wait for the client.
     *
     * @return the reason to drop the connection now, for the log; null if it may stay, or after the first reason
     */
    public @Nullable String update(long unsentBytes) {
        long counted = UnsentTotal.counted(unsentBytes);
        boolean tooMuch = counted != countedBytes && total.addBytes(counted - countedBytes);
        countedBytes = counted;
        if (dropped) {
            return null;
        }
        dropped = tooMuch || unsentBytes > limits.unsentBytesMax();
        if (unsentBytes > limits.unsentBytesMax()) {
            total.addDroppedForShare();
            return unsentBytes + " bytes of answers wait for it to read; " + Settings.MAX_UNSENT_BYTES.path()
                    + " allows " + limits.unsentBytesMax();
        }
        if (tooMuch) {
            total.addDropped();
            return unsentBytes + " bytes of answers wait for it to read, and " + total.bytes() + " for all clients; "
                    + Settings.MAX_UNSENT_TOTAL_BYTES.path() + " allows " + total.bytesMax();
        }
        return null;
    }
}
