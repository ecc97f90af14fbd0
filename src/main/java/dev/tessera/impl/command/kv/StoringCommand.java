package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyedCommand;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.session.KeySpace;

/** A command that stores keys with their values. */
abstract class StoringCommand extends KeyedCommand<Entries> {

    StoringCommand(String name, String summary, EntriesParameter parameter, Shape shape) {
        super(name, summary, parameter, shape);
    }

    @Override
    protected final boolean changesKeys() {
        return true;
    }

    /** Stores the entry of that index; says whether it took the place of one. */
    static boolean put(KeySpace keys, Entries named, int index) {
        byte[] text = named.text();
        return keys.put(text, named.from(index), named.to(index), text, named.valueFrom(index), named.valueTo(index));
    }

    /** Stores the entry of that index unless its key exists; says whether it did. */
    static boolean add(KeySpace keys, Entries named, int index) {
        byte[] text = named.text();
        return keys.add(text, named.from(index), named.to(index), text, named.valueFrom(index), named.valueTo(index));
    }
}
