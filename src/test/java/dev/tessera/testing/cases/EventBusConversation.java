package dev.tessera.testing.cases;

import dev.tessera.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;

/** A conversation over the event bus. */
public final class EventBusConversation implements Conversation {

    /** The type of the messages' bodies. */
    public enum Body {
        BUFFER,
        STRING
    }

    private static final String ADDRESS = "tessera.commands";

    private final Vertx vertx;
    private final Body body;

    /** Creates a conversation in the Vert.x of a server. */
    public EventBusConversation(Vertx vertx, Body body) {
        this.vertx = vertx;
        this.body = body;
    }

    @Override
    public String ask(String request) throws Exception {
        String answer = body == Body.STRING
                ? Await.result(
                        vertx.eventBus().<String>request(ADDRESS, request).map(Message::body))
                : Await.result(vertx.eventBus()
                                .<Buffer>request(ADDRESS, Buffer.buffer(request))
                                .map(Message::body))
                        .toString();
        return answer.isEmpty() ? null : answer;
    }

    @Override
    public void close() {
        // Nothing is open between two requests.
    }
}
