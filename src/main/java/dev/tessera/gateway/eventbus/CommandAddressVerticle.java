package dev.tessera.gateway.eventbus;

import dev.tessera.protocol.Fault;
import dev.tessera.protocol.Status;
import dev.tessera.routing.BatchBus;
import dev.tessera.routing.CommandIntake;
import dev.tessera.routing.Dispatcher;
import dev.tessera.routing.LocalStores;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.TimeUnit;

/**
 * Answers the commands that other verticles send to {@value #ADDRESS}: a {@link Buffer} or a String with the protocol's JSON, whose
 * answer is of the same type, and empty where the command is silent.
 *
 * <p>There is one for a server. The event bus would spread messages over several consumers, and commands of one sender on one token
 * would overtake one another. What comes in one turn of the event loop leaves in one batch for each store.
 */
public final class CommandAddressVerticle extends VerticleBase {

  /** The event-bus address. */
  public static final String ADDRESS = "tessera.commands";

  /** As many senders as these may have as many unanswered commands as a connection. */
  public static final int SENDERS = 16;

  private static final String REPLY_ADDRESS = "tessera.gateway.commands";

  private final LocalStores stores;
  private final int inFlightMax;
  private Dispatcher dispatcher;
  private CommandIntake intake;
  private MessageConsumer<Object> consumer;
  private Promise<Void> answered;
  private int inFlight;

  /**
   * A verticle that is not yet deployed.
   *
   * @param inFlightMaxOfSender how many unanswered commands one sender may have
   */
  public CommandAddressVerticle(LocalStores stores, int inFlightMaxOfSender) {
    this.stores = stores;
    this.inFlightMax = (int) Math.min((long) inFlightMaxOfSender * SENDERS, Integer.MAX_VALUE);
  }

  @Override
  public Future<?> start() {
    dispatcher = stores.dispatcher(new BatchBus(vertx.eventBus()), REPLY_ADDRESS);
    intake = stores.intake(dispatcher);
    return dispatcher.open().compose(opened -> {
      consumer = vertx.eventBus().consumer(ADDRESS);
      consumer.handler(this::onMessage);
      return consumer.completion();
    });
  }

  @Override
  public Future<?> stop() {
    return dispatcher.close();
  }

  /**
   * Takes no more commands and answers those that it has taken. May be called from any thread.
   *
   * @return done when all are answered, or {@code timeoutMs} have passed
   */
  public Future<Void> drain(long timeoutMs) {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(now -> {
      answered = Promise.promise();
      consumer.unregister().compose(unregistered -> {
        completeDrain();
        return answered.future();
      }).timeout(Math.max(1, timeoutMs), TimeUnit.MILLISECONDS).otherwiseEmpty().onComplete(drained);
    });
    return drained.future();
  }

  /** Fails where a command is not answered though nobody waits for anything; for tests. May be called from any thread. */
  public Future<Void> checkAtRest() {
    Promise<Void> checked = Promise.promise();
    context.runOnContext(now -> {
      try {
        dispatcher.checkAtRest();
        if (inFlight != 0) {
          throw new IllegalStateException(inFlight + " commands of the event bus are not answered");
        }
        checked.complete();
      } catch (IllegalStateException e) {
        checked.fail(e);
      }
    });
    return checked.future();
  }

  private void onMessage(Message<Object> message) {
    Object body = message.body();
    PendingReply reply = new PendingReply(this, message, body instanceof Buffer);
    inFlight++;
    if (body instanceof Buffer buffer) {
      submit(buffer.getBytes(), reply);
    } else if (body instanceof String string) {
      submit(CommandIntake.utf8(string), reply);
    } else {
      intake.refuse(Status.PAYLOAD_INVALID, "a message must be a Buffer or a String", reply);
    }
  }

  private void submit(byte[] text, PendingReply reply) {
    if (inFlight > inFlightMax) {
      intake.refuseForNow(text, new Fault(Status.LIMIT_EXCEEDED, "more than " + inFlightMax
          + " commands of this event bus wait for their answers; send it again when some are answered"), reply);
      return;
    }
    intake.submit(text, reply);
    dispatcher.flushAtTurnEnd();
  }

  void onAnswered() {
    inFlight--;
    completeDrain();
  }

  private void completeDrain() {
    if (answered != null && inFlight == 0) {
      answered.tryComplete();
    }
  }
}
