package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import java.util.Arrays;

/**
 * Requests for one store, in the order in which they came: what one event-bus message carries. Filled by a dispatcher,
 * then read by the store alone.
 */
public final class CommandBatch {

    private static final int REQUESTS_MIN = 16;

    private final String replyAddress;
    private final long number;
    private Request[] requests = new Request[REQUESTS_MIN];
    private int size;

    CommandBatch(String replyAddress, long number) {
        this.replyAddress = replyAddress;
        this.number = number;
    }

    /** Where the replies go: the event-bus address of the dispatcher. */
    public String replyAddress() {
        return replyAddress;
    }

    /** The number that replies repeat; the dispatcher counts it up from batch to batch. */
    public long number() {
        return number;
    }

    /** How many requests there are. */
    public int size() {
        return size;
    }

    /** The request at this place. */
    public Request request(int index) {
        return requests[index];
    }

    void add(Request request) {
        if (size == requests.length) {
            requests = Arrays.copyOf(requests, size * 2);
        }
        requests[size++] = request;
    }
}
