package dev.tessera.impl.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * The metrics of one server, and the page that shows them in Prometheus' text format. Each name is unique, in lower
 * case with underscores, and ends with its unit, such as {@code tessera_save_bytes_total}. Thread-safe.
 */
public final class Metrics {

    /** The content type of the page. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    /** A registry of its own, because a process may run several servers. */
    private final PrometheusRegistry registry = new PrometheusRegistry();

    private final PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();

    /** Takes the values of a counter with labels. */
    public interface Values {

        /** Adds one value. */
        void put(double value, String... labels);
    }

    /**
     * Adds a counter that any thread may increase.
     *
     * @param name ends in {@code _total}
     * @param help describes the counter in one line
     */
    public Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).register(registry);
    }

    /** Adds a counter whose value another class counts; {@code count} is called on any thread. */
    public void counter(String name, String help, DoubleSupplier count) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(values -> values.call(count.getAsDouble()))
                .register(registry);
    }

    /**
     * Adds a counter with labels.
     *
     * @param counts adds all values; called on any thread
     * @param labels the names of the labels
     */
    public void counter(String name, String help, Consumer<Values> counts, String... labels) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(values -> counts.accept(values::call))
                .register(registry);
    }

    /** Adds a number that goes up and down; {@code value} is called on any thread. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(values -> values.call(value.getAsDouble()))
                .register(registry);
    }

    /**
     * Adds the metrics of the JVM and of its process, by the names that the usual dashboards of Java programs expect.
     */
    public void addJvm() {
        JvmRuntimeInfoMetric.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    /** Returns the page. Must not run on an event loop, because it asks the JVM and the operating system. */
    public String page() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            format.write(out, registry.scrape(), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
