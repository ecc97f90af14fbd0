package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.Schema;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a batch: first as the texts in its message, and after {@link RequestDecoder} has decoded them, as
 * requests.
 */
final class BatchedCommands {

    private final List<Slice> texts;
    private List<Request> requests = List.of();

    private BatchedCommands(List<Slice> texts) {
        this.texts = texts;
    }

    /** Returns the decoded commands. */
    List<Request> requests() {
        return requests;
    }

    /**
     * Decodes the commands in their order, up to the first one with a fault.
     *
     * @return the fault of that command, with its index; null if there is none
     */
    @Nullable
    Fault decode(RequestDecoder decoder) {
        List<Request> decoded = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Slice text = texts.get(i);
            Request request = decode(decoder, text);
            Fault fault = request.fault();
            if (fault != null) {
                return fault.at(i);
            }
            decoded.add(request);
        }
        requests = decoded;
        return null;
    }

    private static Request decode(RequestDecoder decoder, Slice text) {
        try {
            return decoder.decode(text.array(), text.from(), text.to());
        } catch (IllFormedTextException e) {
            throw new IllegalStateException("the message was well-formed", e);
        }
    }

    /** The array of commands. */
    static final class ArrayParameter extends Parameter<BatchedCommands> {

        private final int commandsMax;

        /** Declares a required array that must not be empty. */
        ArrayParameter(String name, int commandsMax) {
            super(name, true, "an array");
            this.commandsMax = commandsMax;
        }

        @Override
        public Schema schema() {
            return Schema.of("array")
                    .with("items", Schema.of("object").with("minProperties", 1).with("maxProperties", 1))
                    .with("minItems", 1)
                    .with("maxItems", commandsMax)
                    .example(List.of(Map.of("KV_SET", Map.of("keys", Map.of("visits", 1)))));
        }

        @Override
        protected Set<Status> valueFaults() {
            return Set.of(Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE, Status.LIMIT_EXCEEDED);
        }

        @Override
        public Object read(JsonScanner scanner) {
            if (scanner.peek() != '[') {
                scanner.skipValue();
                return wrongType();
            }
            scanner.enter();
            List<Slice> texts = new ArrayList<>();
            int count = 0;
            for (; scanner.element(count == 0); count++) {
                if (count < commandsMax) {
                    Slice text = new Slice();
                    scanner.value(text);
                    texts.add(text);
                } else {
                    scanner.skipValue();
                }
            }
            if (count == 0) {
                return empty();
            }
            return count <= commandsMax
                    ? new BatchedCommands(texts)
                    : new Fault(Status.LIMIT_EXCEEDED, Messages.tooManyCommands(name(), commandsMax));
        }
    }
}
