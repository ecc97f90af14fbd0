package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import java.util.Arrays;

/**
 * Requests for one store, or for the node itself, in the order of their submission: the body of one event-bus message.
 * A dispatcher fills it; after that only the receiver reads it.
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

    /** Returns the event-bus address of the dispatcher, which takes the replies. */
    public String replyAddress() {
        return replyAddress;
    }

    /** Returns the number that replies repeat. A dispatcher numbers its batches consecutively. */
    public long number() {
        return number;
    }

    /** Returns the number of requests. */
    public int size() {
        return size;
    }

    /** Returns the request at this index. */
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
