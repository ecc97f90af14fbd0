package dev.tessera.impl.management;

import java.util.function.Supplier;

/**
 * A page of the management endpoints whose content may take time.
 *
 * @param path begins with a slash
 * @param contentType of the body
 * @param body called for each request, on a worker thread; it may block
 */
public record ManagementPage(String path, String contentType, Supplier<String> body) {

    /** Returns a page of JSON. */
    public static ManagementPage json(String path, Supplier<String> body) {
        return new ManagementPage(path, ManagementServer.JSON, body);
    }
}
