package dev.tessera.impl.routing;

/** The receiver of the replies that come over a {@link StoreLink}. Thread: the dispatcher's. */
public interface ReplyReceiver {

    /** Takes replies. */
    void replies(ReplyBatch replies);

    /** Flushes, because no more replies follow at once. */
    void repliesEnd();
}
