package dev.tessera.impl.command.parameter;

import dev.tessera.impl.edit.JsonPatch;
import dev.tessera.impl.edit.PatchSyntaxException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Map;

/** The operations of a JSON patch (RFC 6902). It may have none. */
public final class OperationsParameter extends Parameter<JsonPatch> {

    /** Declares required operations. */
    public OperationsParameter(String name) {
        super(name, true, "an array");
    }

    @Override
    public Schema schema() {
        return Schema.of("array")
                .with("description", "A JSON patch (RFC 6902).")
                .with("items", Schema.of("object"))
                .example(List.of(Map.of("op", "add", "path", "/theme", "value", "dark")));
    }

    @Override
    public Object read(JsonScanner scanner) {
        try {
            return JsonPatch.read(scanner);
        } catch (PatchSyntaxException e) {
            return new Fault(Status.VALUE_TYPE_INVALID, Messages.notPatch(name(), e.getMessage()));
        }
    }
}
