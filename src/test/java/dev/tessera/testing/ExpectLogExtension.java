package dev.tessera.testing;

import dev.tessera.impl.log.LimitedLogs;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/** Evaluates {@link ExpectLog}. */
final class ExpectLogExtension implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(ExpectLogExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        open(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        close(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        close(context);
    }

    private static void open(ExtensionContext context) {
        List<ExpectedLine> lines =
                AnnotationSupport.findRepeatableAnnotations(context.getElement(), ExpectLog.class).stream()
                        .map(expectation -> ExpectedLine.of(
                                expectation, context.getTestMethod().isPresent()))
                        .toList();
        LimitedLogs.restart();
        context.getStore(NAMESPACE).put(context.getUniqueId(), lines);
        ExpectedLogFilter.add(lines);
    }

    private static void close(ExtensionContext context) throws InterruptedException {
        List<?> lines = context.getStore(NAMESPACE).remove(context.getUniqueId(), List.class);
        try {
            // A test that failed may not have come as far as the line.
            if (context.getExecutionException().isEmpty()) {
                for (Object line : lines) {
                    ((ExpectedLine) line).require();
                }
            }
        } finally {
            ExpectedLogFilter.remove(lines);
        }
    }
}
