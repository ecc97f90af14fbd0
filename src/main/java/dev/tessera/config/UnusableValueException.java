package dev.tessera.config;

/**
 * The signal that a value is not of a setting's type. This package catches it and adds the name of the setting, so that
 * it has no text.
 */
final class UnusableValueException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableValueException() {
        super(null, null, false, false);
    }
}
