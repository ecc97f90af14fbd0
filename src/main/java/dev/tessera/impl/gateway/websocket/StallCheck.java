package dev.tessera.impl.gateway.websocket;

import dev.tessera.impl.gateway.limits.GatewayLimits;

/**
 * Detects a message that does not come to its end. A message that has begun must bring
 * {@value GatewayLimits#PROGRESS_BYTES_MIN} bytes between two checks, or end. Thread: one at a time.
 */
public final class StallCheck {

    private boolean wasUnfinished;
    private long messagesBefore;
    private long bytesBefore;

    /**
     * Returns whether the message that was unfinished at the last call still is, and has brought too little since.
     *
     * @param isUnfinished whether a message has begun and not ended
     * @param messages how many messages have ended
     * @param bytes how many bytes of the unfinished message have come
     */
    public boolean check(boolean isUnfinished, long messages, long bytes) {
        boolean isStalled = isUnfinished
                && wasUnfinished
                && messages == messagesBefore
                && bytes - bytesBefore < GatewayLimits.PROGRESS_BYTES_MIN;
        wasUnfinished = isUnfinished;
        messagesBefore = messages;
        bytesBefore = bytes;
        return isStalled;
    }

    /** Begins again, because the connection was not read meanwhile. */
    public void reset() {
        wasUnfinished = false;
    }
}
