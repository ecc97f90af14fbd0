package dev.tessera.config;

/**
 * Says that a value is not of a setting's type. It is caught within this package, which knows the setting, and bears no
 * text.
 */
final class UnusableValueException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableValueException() {
        super(null, null, false, false);
    }
}
