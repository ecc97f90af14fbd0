package dev.tessera.impl.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A formatter of results, as a table or as JSON. */
public final class ResultText {

    private static final double BYTES_PER_MB = 1e6;

    private ResultText() {}

    /** Returns the result as a table of several lines. */
    public static String table(LoadResult result) {
        LoadPlan plan = result.plan();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s, %d-byte values: %d connections x %d in flight, %d sessions x %d keys, %d thread%s%n",
                plan.load(),
                plan.valueBytes(),
                plan.connections(),
                plan.pipeline(),
                plan.sessions(),
                plan.keys(),
                plan.threads(),
                plan.threads() == 1 ? "" : "s"));
        text.append(String.format(
                "%10s %9s %9s %9s %9s %10s %10s %14s %9s%n",
                "requests/s",
                "p50 us",
                "p99 us",
                "p999 us",
                "max us",
                "sent MB/s",
                "rcvd MB/s",
                "generator CPU",
                "errors"));
        text.append(String.format(
                Locale.ROOT,
                "%10.0f %9.0f %9.0f %9.0f %9.0f %10.1f %10.1f %13.0f%% %9d",
                result.requestsPerSecond(),
                result.p50Us(),
                result.p99Us(),
                result.p999Us(),
                result.maxUs(),
                result.sentBytesPerSecond() / BYTES_PER_MB,
                result.receivedBytesPerSecond() / BYTES_PER_MB,
                result.generatorCpu() * 100,
                result.errors()));
        return text.toString();
    }

    /** Returns the result as a JSON object on one line; docs/performance.md describes its members. */
    public static String json(LoadResult result) {
        LoadPlan plan = result.plan();
        ObjectNode json = JsonMapper.builder().build().createObjectNode();
        json.put("command", plan.load().toString())
                .put("connections", plan.connections())
                .put("pipeline", plan.pipeline())
                .put("threads", plan.threads())
                .put("sessions", plan.sessions())
                .put("keys", plan.keys())
                .put("valueBytes", plan.valueBytes())
                .put("seconds", rounded(result.seconds(), 1000))
                .put("requests", result.requests())
                .put("requestsPerSecond", Math.round(result.requestsPerSecond()))
                .put("p50Us", rounded(result.p50Us(), 10))
                .put("p99Us", rounded(result.p99Us(), 10))
                .put("p999Us", rounded(result.p999Us(), 10))
                .put("maxUs", rounded(result.maxUs(), 10))
                .put("sentBytesPerSecond", Math.round(result.sentBytesPerSecond()))
                .put("receivedBytesPerSecond", Math.round(result.receivedBytesPerSecond()))
                .put("generatorCpu", rounded(result.generatorCpu(), 100))
                .put("errors", result.errors());
        return json.toString();
    }

    private static double rounded(double value, double parts) {
        return Math.round(value * parts) / parts;
    }
}
