package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import java.util.UUID;

/**
 * The id of a deferred reply: the node that writes it, and its number there.
 *
 * @param node the node
 * @param number counts the deferred replies of that node
 */
public record DeferredId(UUID node, long number) {

    void write(JsonWriter out) {
        out.longBytes(node.getMostSignificantBits())
                .longBytes(node.getLeastSignificantBits())
                .longBytes(number);
    }

    static DeferredId read(byte[] bytes, int at) {
        return new DeferredId(
                new UUID(Bytes.longAt(bytes, at), Bytes.longAt(bytes, at + Long.BYTES)),
                Bytes.longAt(bytes, at + 2 * Long.BYTES));
    }
}
