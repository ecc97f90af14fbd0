package dev.tessera.impl.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a health endpoint.
 *
 * @param status {@code live}, {@code stalled}, {@code ready} or {@code unready}
 * @param reason the reason if it is stalled or unready; otherwise null
 * @param journal the reason if the server cannot write to its disk; otherwise null
 * @param memory the reason if the server has no memory for more data; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Health(
        String status,
        @Nullable String reason,
        @Nullable String journal,
        @Nullable String memory) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Returns the answer about the event loops. */
    static Health of(StallWatch stalls) {
        String reason = stalls.reason();
        return reason.isEmpty() ? new Health("live", null, null, null) : new Health("stalled", reason, null, null);
    }

    /** Returns the answer about readiness. */
    static Health of(Readiness readiness) {
        Readiness.State state = readiness.state();
        String journal = orNull(readiness.trouble());
        String memory = orNull(readiness.memoryTrouble());
        return state == Readiness.State.READY
                ? new Health("ready", null, journal, memory)
                : new Health("unready", state.words(), journal, memory);
    }

    private static @Nullable String orNull(String reason) {
        return reason.isEmpty() ? null : reason;
    }

    int httpStatus() {
        return reason == null ? 200 : 503;
    }

    String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
