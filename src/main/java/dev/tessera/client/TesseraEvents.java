package dev.tessera.client;

import dev.tessera.event.EventKind;
import dev.tessera.impl.event.EventAddress;
import dev.tessera.impl.json.Slice;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of sessions as events for verticles. The server publishes them if {@code events.enabled} is set.
 *
 * <pre>{@code
 * TesseraEvents.consumer(vertx, session.token(), event -> log.info("{} {}", event.kind(), event.keys()));
 * }</pre>
 */
public final class TesseraEvents {

    private TesseraEvents() {}

    /** Returns the event-bus address of the events of a session. Each event is a {@link Buffer} with JSON. */
    public static String address(SessionToken token) {
        return EventAddress.of(Arguments.notNull(token, "token").bits());
    }

    /**
     * Listens to a session, on the context of the caller, until the consumer is unregistered.
     *
     * @return a consumer; after its completion, it misses no event
     */
    public static MessageConsumer<Buffer> consumer(Vertx vertx, SessionToken token, Handler<SessionEvent> handler) {
        return consumer(vertx, address(token), handler);
    }

    /** Listens to the global key space of a server without sessions. */
    public static MessageConsumer<Buffer> consumer(Vertx vertx, Handler<SessionEvent> handler) {
        return consumer(vertx, EventAddress.GLOBAL, handler);
    }

    private static MessageConsumer<Buffer> consumer(Vertx vertx, String address, Handler<SessionEvent> handler) {
        Arguments.notNull(handler, "handler");
        MessageConsumer<Buffer> consumer =
                Arguments.notNull(vertx, "Vertx").eventBus().consumer(address);
        AnswerReader reader = new AnswerReader();
        return consumer.handler(message -> handler.handle(read(reader, message.body())));
    }

    private static SessionEvent read(AnswerReader reader, Buffer event) {
        reader.reset(event.getBytes(), 0, event.length());
        Map<String, Slice> members = reader.object(reader.whole());
        EventKind kind = EventKind.of(reader.string(AnswerReader.member(members, "ev")));
        Map<String, @Nullable JsonText> keys = new LinkedHashMap<>(reader.values(AnswerReader.member(members, "keys")));
        if (kind == EventKind.REMOVE) {
            keys.replaceAll((key, value) -> null);
        }
        Slice token = members.get("tkn");
        return new SessionEvent(token == null ? null : AnswerReader.token(token), kind, keys);
    }
}
