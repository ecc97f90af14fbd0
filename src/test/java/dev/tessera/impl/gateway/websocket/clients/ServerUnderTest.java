package dev.tessera.impl.gateway.websocket.clients;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A running server, and a conversation with it. */
public interface ServerUnderTest extends AutoCloseable {

    /** One message and its answer. */
    record Exchange(String send, String answer) {}

    /** Returns the address of its WebSockets: {@code ws://127.0.0.1:port/path}. */
    String url();

    /** Returns at least one exchange. A client may repeat all of them on one connection, and gets the same answers. */
    List<Exchange> conversation();

    /** Returns the conversation as the clients read it. */
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
