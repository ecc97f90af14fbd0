package dev.tessera.impl.command.parameter;

import dev.tessera.impl.dataset.DatasetName;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;

/** The name of a save, as a copy of its canonical text (see {@link JsonString}). */
public final class DatasetNameParameter extends Parameter<byte[]> {

    /** Declares a required name. */
    public DatasetNameParameter(String name) {
        super(name, true, "a string");
    }

    @Override
    public Schema schema() {
        return Schema.of("string")
                .with("minLength", 1)
                .with("maxLength", DatasetName.BYTES_MAX)
                .with("description", "A plain directory name.")
                .example("nightly");
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice slice = readString(scanner);
        if (slice == null) {
            return wrongType();
        }
        String wrong = DatasetName.wrong(JsonString.decode(slice.array(), slice.from(), slice.to()));
        return wrong == null
                ? slice.copy()
                : new Fault(Status.VALUE_TYPE_INVALID, Messages.notDatasetName(name(), wrong));
    }
}
