package dev.tessera.impl.routing;

/** What a {@link StoreLink} hands replies to. Thread: the dispatcher's. */
public interface ReplyReceiver {

    /** Takes replies. */
    void replies(ReplyBatch replies);

    /** Says that no more replies follow at once: time to flush. */
    void repliesEnd();
}
