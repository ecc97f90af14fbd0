package dev.tessera.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips the test on a machine that lacks one of the tools, and prints one line that tells what to install. With
 * {@code -Dtessera.requireTools=true}, as {@code .ci/run} sets it, the test fails instead.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ToolCondition.class)
public @interface RequiresTool {

    /** The tools, all of which the test needs. */
    Tool[] value();
}
