package dev.tessera.routing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Passes a message to its consumer by reference, inside one process.
 *
 * @param <T> the type of the messages
 */
final class LocalCodec<T> implements MessageCodec<T, T> {

  private final String name;

  private LocalCodec(String name) {
    this.name = name;
  }

  /** Options for sends of {@link CommandBatch} and {@link ReplyBatch} that stay in the process. */
  static final DeliveryOptions BY_REFERENCE = new DeliveryOptions().setLocalOnly(true);

  /** Makes an event bus carry batches; to be called once for each bus. */
  static void register(EventBus bus) {
    bus.registerDefaultCodec(CommandBatch.class, new LocalCodec<>("tessera.commands"));
    bus.registerDefaultCodec(ReplyBatch.class, new LocalCodec<>("tessera.replies"));
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    throw new IllegalStateException(name + " does not leave the process");
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException(name + " does not come from outside the process");
  }
}
