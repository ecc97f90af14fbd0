package dev.tessera.impl.store;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A replacement of the event bus that delivers messages during the send; it implements only what batches use. */
final class DirectBus {

    private final Map<String, Handler<Message<?>>> handlers = new HashMap<>();

    EventBus eventBus() {
        return proxy(EventBus.class, (name, arguments) -> switch (name) {
            case "localConsumer" -> consumer((String) arguments[0]);
            case "send" -> {
                handlers.get((String) arguments[0]).handle(message(arguments[1]));
                yield null;
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }

    @SuppressWarnings("unchecked")
    private MessageConsumer<?> consumer(String address) {
        return proxy(MessageConsumer.class, (name, arguments) -> switch (name) {
            case "handler" -> {
                handlers.put(address, (Handler<Message<?>>) arguments[0]);
                yield null;
            }
            case "completion" -> Future.succeededFuture();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private static Message<?> message(Object body) {
        return proxy(Message.class, (name, arguments) -> body);
    }

    private interface Call {

        Object answer(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.answer(method.getName(), arguments)));
    }
}
