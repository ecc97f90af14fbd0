package dev.tessera.impl.gateway.websocket;

import java.nio.charset.StandardCharsets;

/** Close statuses of RFC 6455, section 7.4, and of the IANA registry that continues it. */
public final class CloseStatus {

    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    public static final int INVALID_PAYLOAD = 1007;
    public static final int POLICY_VIOLATION = 1008;
    public static final int MESSAGE_TOO_BIG = 1009;
    public static final int MANDATORY_EXTENSION = 1010;
    public static final int INTERNAL_ERROR = 1011;
    public static final int SERVICE_RESTART = 1012;
    public static final int TRY_AGAIN_LATER = 1013;
    public static final int BAD_GATEWAY = 1014;

    /** The longest reason: a control frame holds 125 bytes, and the status takes two of them. */
    public static final int REASON_BYTES_MAX = 123;

    private CloseStatus() {}

    /**
     * Returns whether a close frame may carry this status. 1004 is reserved. 1005, 1006 and 1015 stand for close frames
     * that were never sent. Libraries use 3000 to 3999, applications 4000 to 4999.
     */
    public static boolean maySend(int status) {
        return (status >= NORMAL && status <= UNSUPPORTED_DATA)
                || (status >= INVALID_PAYLOAD && status <= BAD_GATEWAY)
                || (status >= 3000 && status <= 4999);
    }

    /**
     * Checks a status and a reason.
     *
     * @throws IllegalArgumentException if no close frame may carry them
     */
    public static void require(int status, String reason) {
        if (!maySend(status) || reason.getBytes(StandardCharsets.UTF_8).length > REASON_BYTES_MAX) {
            throw new IllegalArgumentException("not for a close frame: " + status + ' ' + reason);
        }
    }
}
