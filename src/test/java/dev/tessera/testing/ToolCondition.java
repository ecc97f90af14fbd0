package dev.tessera.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Evaluates {@link RequiresTool}. */
final class ToolCondition implements ExecutionCondition {

    /** The property that makes a missing tool a failure. */
    static final String REQUIRE_PROPERTY = "tessera.requireTools";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<RequiresTool> required = AnnotationSupport.findAnnotation(context.getElement(), RequiresTool.class);
        if (required.isEmpty()) {
            return ConditionEvaluationResult.enabled("no tool is needed");
        }
        List<Tool> missing = Arrays.stream(required.get().value())
                .filter(tool -> !tool.isPresent())
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all tools are here");
        }
        String remedy = missing.stream().map(Tool::remedy).collect(Collectors.joining("; "));
        if (Boolean.getBoolean(REQUIRE_PROPERTY) && missing.stream().anyMatch(Tool::isInstallable)) {
            throw new IllegalStateException(name(context) + " lacks a tool: " + remedy);
        }
        System.out.println("Skipped " + name(context) + ": to run it, " + remedy);
        return ConditionEvaluationResult.disabled(remedy);
    }

    private static String name(ExtensionContext context) {
        String testClass = context.getRequiredTestClass().getSimpleName();
        return context.getTestMethod()
                .map(method -> testClass + "." + method.getName())
                .orElse(testClass);
    }
}
