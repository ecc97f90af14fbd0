package dev.tessera.impl.gateway.limits;

/**
 * The bounds of one connection, and of all connections together.
 *
 * @param payloadBytesMax the largest message
 * @param depthMax the deepest nesting of arrays and objects in a message
 * @param inFlightMax the most commands that may wait for their replies; at this number the connection is not read
 * @param unsentBytesMax the most reply bytes that may wait for the client; beyond it the connection is dropped
 * @param unsentTotalBytesMax the most reply bytes that may wait for all clients together; 0 means its share of the heap
 * @param incomingTotalBytesMax the most bytes that the unfinished and unanswered messages of all clients may hold; 0
 *     means its share of the heap
 */
public record GatewayLimits(
        int payloadBytesMax,
        int depthMax,
        int inFlightMax,
        long unsentBytesMax,
        long unsentTotalBytesMax,
        long incomingTotalBytesMax) {

    /**
     * The bytes that an unfinished message must bring in each timeout. A client on the slowest line brings them, and a
     * client that drips single bytes to keep its message open does not.
     */
    public static final int PROGRESS_BYTES_MIN = 1024;
}
