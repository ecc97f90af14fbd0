package dev.tessera.impl.gateway.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content types of bodies. */
enum BodyType {
    /** A JSON value. */
    JSON(HttpExchange.JSON),
    /** A JSON merge patch (RFC 7396). */
    MERGE_PATCH("application/merge-patch+json"),
    /** A JSON patch (RFC 6902). */
    JSON_PATCH("application/json-patch+json");

    /** The types of a body that is a value, or a command. */
    static final Set<BodyType> VALUES = Set.of(JSON);
    /** The types of a body that patches a value. */
    static final Set<BodyType> PATCHES = Set.of(MERGE_PATCH, JSON_PATCH);

    /** The name of the header that lists the types of patches (RFC 5789). */
    static final String ACCEPT_PATCH = "Accept-Patch";
    /** The value of this header. */
    static final String PATCH_TYPES =
            Stream.of(MERGE_PATCH, JSON_PATCH).map(BodyType::text).collect(Collectors.joining(", "));

    private final String text;

    BodyType(String text) {
        this.text = text;
    }

    /** Returns the type as a header has it, without parameters. */
    String text() {
        return text;
    }

    /** Returns the type that a header Content-Type names; null for another one, and without a header. */
    static @Nullable BodyType of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int end = contentType.indexOf(';');
        String named =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(type -> type.text.equals(named))
                .findFirst()
                .orElse(null);
    }
}
