package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeyEnds;
import dev.tessera.impl.command.PerKeyCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command that stores keys with whole values, and may give them ends. */
abstract class StoreCommand extends PerKeyCommand<Entries> {

    StoreCommand(String name, String summary, Parameter<Entries> keys, Shape shape) {
        super(name, summary, Effect.WRITE, keys, shape);
    }

    @Override
    public List<Parameter<?>> options() {
        return RequestOptions.OF_STORES;
    }

    /** Stores an entry, and returns whether it replaced one. */
    static boolean put(KeySpace keys, Request request, Entries named, int index) {
        if (!KeyEnds.any(request)) {
            return named.putInto(keys, index, KeyRecord.NO_END);
        }
        byte[] old = keys.get(named.text(), named.from(index), named.to(index));
        return named.putInto(keys, index, endMs(request, named, index, old, keys.nowMs()));
    }

    /** Stores an entry unless the key exists, and returns whether it did so. */
    static boolean add(KeySpace keys, Request request, Entries named, int index) {
        return named.addTo(
                keys,
                index,
                KeyEnds.any(request) ? endMs(request, named, index, null, keys.nowMs()) : KeyRecord.NO_END);
    }

    private static long endMs(Request request, Entries named, int index, byte @Nullable [] old, long nowMs) {
        return KeyEnds.endMs(request, named.text(), named.from(index), named.to(index), old, false, nowMs);
    }

    @Override
    protected final boolean givesEnds(Request request) {
        return KeyEnds.any(request);
    }

    @Override
    protected final boolean getsEnd(Request request, Entries named, int index, byte @Nullable [] old) {
        return KeyEnds.any(request) && endMs(request, named, index, old, 0) != KeyRecord.NO_END;
    }
}
