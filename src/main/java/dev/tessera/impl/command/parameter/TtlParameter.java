package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import java.util.ArrayList;
import java.util.List;

/** A time to live in seconds: a number, and, in some parameters, an object of key to such a number, or "keep". */
public final class TtlParameter extends Parameter<Ttl> {

    private static final byte[] KEEP = {'k', 'e', 'e', 'p'};

    private final boolean byKey;
    private final boolean keep;

    private TtlParameter(String name, boolean required, String type, boolean byKey, boolean keep) {
        super(name, required, type);
        this.byKey = byKey;
        this.keep = keep;
    }

    /** Declares an optional number. */
    public static TtlParameter number(String name) {
        return new TtlParameter(name, false, Seconds.FORM, false, false);
    }

    /** Declares an optional number, object or "keep". */
    public static TtlParameter any(String name) {
        return new TtlParameter(
                name, false, Seconds.FORM + ", an object of key to such a number, or \"keep\"", true, true);
    }

    /** Declares a required number or object. */
    public static TtlParameter required(String name) {
        return new TtlParameter(name, true, Seconds.FORM + ", or an object of key to such a number", true, false);
    }

    @Override
    public Schema schema() {
        Schema number =
                Schema.of("number").with("minimum", 0).with("description", "Seconds, with at most three decimals.");
        if (!byKey) {
            return number.example(60);
        }
        List<Schema> forms = new ArrayList<>();
        forms.add(number);
        forms.add(Schema.of("object").with("additionalProperties", number));
        if (keep) {
            forms.add(Schema.any().with("const", "keep"));
        }
        return Schema.any().with("oneOf", List.copyOf(forms)).example(60);
    }

    @Override
    public Object read(JsonScanner scanner) {
        byte first = scanner.peek();
        if (byKey && first == '{') {
            return readByKey(scanner);
        }
        if (keep && first == '"') {
            Slice word = readString(scanner);
            return word != null && word.contentEquals(KEEP) ? Ttl.KEPT : wrongType();
        }
        long ms = readNumber(scanner, new Slice());
        return ms == Seconds.INVALID ? wrongType() : Ttl.ofAll(ms);
    }

    private Object readByKey(JsonScanner scanner) {
        scanner.enter();
        Ttl.TtlByKey some = new Ttl.TtlByKey();
        Slice slice = new Slice();
        for (boolean first = true; scanner.member(first, slice); first = false) {
            int index = some.add(slice);
            some.set(index, readNumber(scanner, slice));
        }
        return some.isValid() ? Ttl.of(some) : wrongType();
    }

    private static long readNumber(JsonScanner scanner, Slice slice) {
        scanner.value(slice);
        return Seconds.parse(slice.array(), slice.from(), slice.to());
    }
}
