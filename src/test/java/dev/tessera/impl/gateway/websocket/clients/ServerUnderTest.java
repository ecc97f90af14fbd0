package dev.tessera.impl.gateway.websocket.clients;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A running server, and what a client and it have to say to each other. */
public interface ServerUnderTest extends AutoCloseable {

    /** One message and the one that answers it. */
    record Exchange(String send, String answer) {}

    /** Where it takes WebSockets: {@code ws://127.0.0.1:port/path}. */
    String url();

    /** At least one exchange; a client may repeat them all on one connection, and gets the same answers. */
    List<Exchange> conversation();

    /** The conversation as the clients read it. */
    default String conversationJson() {
        JsonArray all = new JsonArray();
        conversation()
                .forEach(each ->
                        all.add(new JsonObject().put("send", each.send()).put("answer", each.answer())));
        return all.encode();
    }

    @Override
    void close();
}
