package dev.tessera.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.event.Level;

/**
 * Asserts that a test makes this JVM log a line, and keeps that line and its stack trace out of the output. Other lines
 * of the same logger still appear. On a class it keeps the lines of all its tests out and asserts nothing, because a
 * run may select some of the tests.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(ExpectLogs.class)
@ExtendWith(ExpectLogExtension.class)
public @interface ExpectLog {

    /** The classes one of which logs the line. */
    Class<?>[] from() default {};

    /** The name of the logger, if no class that is visible here logs it. */
    String logger() default "";

    /** The level of the line. */
    Level level() default Level.WARN;

    /** A regular expression that is found in the message. */
    String message();

    /** Whether the test fails without the line; false if the line depends on timing or on random input. */
    boolean required() default true;
}
