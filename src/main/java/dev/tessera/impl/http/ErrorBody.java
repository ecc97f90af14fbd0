package dev.tessera.impl.http;

/** Writes the JSON of an answer to a request that is refused before it reaches a route. */
@FunctionalInterface
public interface ErrorBody {

    /**
     * Returns the body.
     *
     * @param message the reason in plain words
     */
    byte[] of(String message);
}
