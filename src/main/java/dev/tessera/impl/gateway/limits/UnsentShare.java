package dev.tessera.impl.gateway.limits;

import dev.tessera.config.Settings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The unsent bytes of one connection, as a share of an {@link UnsentTotal}. Thread: the connection's event loop, except
 * where a method says otherwise.
 */
public final class UnsentShare {

    private final GatewayLimits limits;
    private final UnsentTotal total;
    private final Consumer<String> onDrop;
    /** Changes under the lock of this share. */
    private volatile long countedBytes;
    /** Guarded by the lock of this share. The bytes of a dropped connection no longer count. */
    private boolean dropped;
    /** Guarded by the lock of this share. Why another connection has dropped this one; null once it is told. */
    private @Nullable String untold;

    /**
     * Creates the share of a connection without unsent bytes.
     *
     * @param onDrop drops the connection for a reason, because other connections need the memory; called on any thread
     */
    public UnsentShare(GatewayLimits limits, UnsentTotal total, Consumer<String> onDrop) {
        this.limits = limits;
        this.total = total;
        this.onDrop = onDrop;
    }

    /**
     * Updates the number of bytes that wait for the client. If the total is exceeded, the connections for which most
     * bytes wait are dropped.
     *
     * @return the reason to drop this connection now, for the log; null if it may stay, or after the first reason. If
     *     another connection has dropped this one, that is the reason here too, because its own call may take long
     */
    public @Nullable String update(long unsentBytes) {
        long counted = UnsentTotal.counted(unsentBytes);
        boolean isTooMuch = unsentBytes > limits.unsentBytesMax();
        if (counted == countedBytes && !isTooMuch) {
            return null;
        }
        boolean isIncrease;
        synchronized (this) {
            if (dropped) {
                String reason = untold;
                untold = null;
                return reason;
            }
            isIncrease = counted > countedBytes;
            count(counted);
            if (isTooMuch) {
                drop();
                total.addDroppedForShare();
                return unsentBytes + " bytes of answers wait for it to read; " + Settings.MAX_UNSENT_BYTES.path()
                        + " allows " + limits.unsentBytesMax();
            }
        }
        return isIncrease && total.isExceeded() ? total.dropLargest(this) : null;
    }

    private void count(long counted) {
        total.addBytes(counted - countedBytes);
        countedBytes = counted;
        if (counted > 0) {
            total.add(this);
        } else {
            total.remove(this);
        }
    }

    private void drop() {
        dropped = true;
        count(0);
    }

    /** Returns the bytes that count. Any thread may call it. */
    long countedBytes() {
        return countedBytes;
    }

    /**
     * Marks the connection as dropped, so that its bytes no longer count. Any thread may call it.
     *
     * @return the reason to drop the connection; null if it was dropped before
     */
    synchronized @Nullable String markDropped() {
        if (dropped) {
            return null;
        }
        String reason = countedBytes + UnsentTotal.FREE_BYTES + " bytes of answers wait for it to read, and "
                + total.bytes() + " for all clients; " + Settings.MAX_UNSENT_TOTAL_BYTES.path() + " allows "
                + total.bytesMax();
        drop();
        return reason;
    }

    /** Drops the connection on its own event loop. Any thread may call it. */
    void dropLater(String reason) {
        synchronized (this) {
            untold = reason;
        }
        onDrop.accept(reason);
    }
}
