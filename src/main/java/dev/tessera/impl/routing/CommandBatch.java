package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.impl.work.Requester;
import java.util.Arrays;

/**
 * Requests for one store, or for the node itself, in the order of their submission: the body of one event-bus message.
 * A dispatcher fills it; after that only the receiver reads it. The receiver does not read a request that it has
 * answered.
 */
public final class CommandBatch {

    private static final int REQUESTS_MIN = 16;

    private final String replyAddress;
    private final long number;
    private final ReplyBacklog backlog;
    private Request[] requests = new Request[REQUESTS_MIN];
    private ReplySink[] sinks = new ReplySink[REQUESTS_MIN];
    private int size;

    CommandBatch(String replyAddress, long number, ReplyBacklog backlog) {
        this.replyAddress = replyAddress;
        this.number = number;
        this.backlog = backlog;
    }

    /** Returns the event-bus address of the dispatcher, which takes the replies. */
    public String replyAddress() {
        return replyAddress;
    }

    /** Returns the number that replies repeat. A dispatcher numbers its batches consecutively. */
    public long number() {
        return number;
    }

    /** Returns the replies that the dispatcher has not taken. */
    public ReplyBacklog backlog() {
        return backlog;
    }

    /** Returns the number of requests. */
    public int size() {
        return size;
    }

    /** Returns the request at this index. */
    public Request request(int index) {
        return requests[index];
    }

    /** Returns the client that waits for the reply to the request at this index. */
    public Requester requester(int index) {
        return sinks[index].requester();
    }

    /** Returns the index after the last request of the same client, beginning at this index. */
    public int endOfRequester(int index) {
        Requester requester = requester(index);
        int end = index + 1;
        while (end < size && requester(end) == requester) {
            end++;
        }
        return end;
    }

    /** Returns whether no request of another client may run between the requests at this index and the one before. */
    public boolean isUndivided(int index) {
        return sinks[index - 1] == sinks[index] && sinks[index].isUndivided();
    }

    /**
     * Removes an answered request, because another request of the batch may wait for long. Only the dispatcher calls
     * it.
     */
    @SuppressWarnings("NullAway") // nobody reads the request any more
    void remove(int index) {
        requests[index] = null;
    }

    /** Returns the receiver of the reply to the request at this index. Only the dispatcher calls it. */
    ReplySink sink(int index) {
        return sinks[index];
    }

    void add(Request request, ReplySink sink) {
        if (size == requests.length) {
            requests = Arrays.copyOf(requests, size * 2);
            sinks = Arrays.copyOf(sinks, size * 2);
        }
        sinks[size] = sink;
        requests[size++] = request;
    }
}
