package dev.tessera.impl.gateway.http;

import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Unsigned;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a page of keys. Each part is null if the query does not contain it. */
record ListQuery(
        @Nullable String prefix,
        @Nullable String limit,
        @Nullable String after) {

    private static final String PREFIX = "prefix";
    private static final String LIMIT = "limit";
    private static final String AFTER = "after";

    /** The names of the parameters, which are those of the command. */
    static final List<String> NAMES = List.of(PREFIX, LIMIT, AFTER);

    /** Reads a query. Returns null if it asks for no page. */
    static @Nullable ListQuery of(@Nullable String query) throws PercentDecoder.IllFormed {
        ListQuery read = new ListQuery(
                PercentDecoder.ofQuery(query, PREFIX),
                PercentDecoder.ofQuery(query, LIMIT),
                PercentDecoder.ofQuery(query, AFTER));
        return read.prefix == null && read.limit == null && read.after == null ? null : read;
    }

    /** Writes the parameters of {@code KV_LIST} after others. A limit that is no integer stays a string. */
    void writeTo(JsonWriter command) {
        write(command, PREFIX, prefix);
        if (limit != null) {
            byte[] digits = limit.getBytes(StandardCharsets.UTF_8);
            if (Unsigned.isUnsigned(digits, 0, digits.length)) {
                command.mark(',').string(LIMIT).mark(':').raw(digits);
            } else {
                write(command, LIMIT, limit);
            }
        }
        write(command, AFTER, after);
    }

    private static void write(JsonWriter command, String name, @Nullable String value) {
        if (value != null) {
            command.mark(',').string(name).mark(':').string(value);
        }
    }

    /** Returns the query of the next page. */
    String next(String next, boolean tokensAsStrings) {
        return (prefix == null ? "" : PREFIX + "=" + encode(prefix) + "&")
                + (limit == null ? "" : LIMIT + "=" + encode(limit) + "&")
                + (tokensAsStrings ? "tkn=" + HttpGateway.TOKENS_AS_STRINGS + "&" : "")
                + AFTER + "=" + encode(next);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
