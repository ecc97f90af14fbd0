package dev.tessera.client;

import dev.tessera.event.EventKind;
import dev.tessera.impl.event.EventAddress;
import dev.tessera.impl.json.Slice;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;

/**
 * What happens to sessions, for verticles that listen; the server publishes it where {@code events.enabled} is set.
 *
 * <pre>{@code
 * TesseraEvents.consumer(vertx, session.token(), event -> log.info("{} {}", event.kind(), event.keys()));
 * }</pre>
 */
public final class TesseraEvents {

    private TesseraEvents() {}

    /** The event-bus address at which the events of a session come, as a {@link Buffer} with JSON each. */
    public static String address(SessionToken token) {
        return EventAddress.of(token.bits());
    }

    /**
     * Listens to a session, on the context of the caller and until the consumer is unregistered.
     *
     * @return a consumer whose completion says that from now on nothing is missed
     */
    public static MessageConsumer<Buffer> consumer(Vertx vertx, SessionToken token, Handler<SessionEvent> handler) {
        return consumer(vertx, address(token), handler);
    }

    /** Listens to the keys of everybody, where sessions are switched off. */
    public static MessageConsumer<Buffer> consumer(Vertx vertx, Handler<SessionEvent> handler) {
        return consumer(vertx, EventAddress.COMMON, handler);
    }

    private static MessageConsumer<Buffer> consumer(Vertx vertx, String address, Handler<SessionEvent> handler) {
        MessageConsumer<Buffer> consumer = vertx.eventBus().consumer(address);
        AnswerReader reader = new AnswerReader();
        return consumer.handler(message -> handler.handle(read(reader, message.body())));
    }

    private static SessionEvent read(AnswerReader reader, Buffer event) {
        reader.reset(event.getBytes(), 0, event.length());
        Map<String, Slice> members = reader.object(reader.whole());
        EventKind kind = EventKind.of(reader.string(members.get("ev")));
        Map<String, JsonText> keys = reader.values(members.get("keys"));
        if (kind == EventKind.REMOVE) {
            keys.replaceAll((key, value) -> null);
        }
        Slice token = members.get("tkn");
        return new SessionEvent(token == null ? null : AnswerReader.token(token), kind, keys);
    }
}
