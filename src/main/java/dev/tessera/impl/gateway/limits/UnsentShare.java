package dev.tessera.impl.gateway.limits;

import dev.tessera.config.Settings;

/** What one connection has not taken, as a part of what all have not. Thread: the connection's event loop. */
public final class UnsentShare {

    private final GatewayLimits limits;
    private final UnsentTotal total;
    private long countedBytes;
    private boolean dropped;

    /** The share of a connection that owes nothing yet. */
    public UnsentShare(GatewayLimits limits, UnsentTotal total) {
        this.limits = limits;
        this.total = total;
    }

    /**
     * Notes how many bytes wait for the client now.
     *
     * @return why the connection is to be dropped now, for the log; null where it may stay, or was to be dropped before
     */
    public String update(long unsentBytes) {
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
