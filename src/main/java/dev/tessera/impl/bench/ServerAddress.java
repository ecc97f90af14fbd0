package dev.tessera.impl.bench;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a server is.
 *
 * @param host a name or an address, without brackets
 * @param path what is asked for in the handshake, query included
 */
public record ServerAddress(String host, int port, String path) {

    private static final int DEFAULT_PORT = 80;

    /**
     * Reads a URL such as {@code ws://127.0.0.1:1987/}.
     *
     * @throws IllegalArgumentException with a message for the one who typed it
     */
    public static ServerAddress parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + url + "' is not a URL", e);
        }
        if (!"ws".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + url + "' is not of the form ws://host:port/");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new ServerAddress(
                uri.getHost().replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /** Host and port as a handshake names them. */
    String authority() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }

    @Override
    public String toString() {
        return "ws://" + authority() + path;
    }
}
