package dev.tessera.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The answer of a health endpoint.
 *
 * @param status {@code live}, {@code ready} or {@code unready}
 * @param reason why it is not ready; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Health(String status, String reason) {

  static final Health LIVE = new Health("live", null);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Health of(Readiness.State state) {
    return state == Readiness.State.READY
        ? new Health("ready", null)
        : new Health("unready", state.words());
  }

  int httpStatus() {
    return status.equals("unready") ? 503 : 200;
  }

  String toJson() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
