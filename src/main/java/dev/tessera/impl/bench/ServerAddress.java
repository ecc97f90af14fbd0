package dev.tessera.impl.bench;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of a server.
 *
 * @param host a host name or an IP address, without brackets
 * @param path the request target of the handshake, query included
 */
public record ServerAddress(String host, int port, String path) {

    private static final int DEFAULT_PORT = 80;

    /**
     * Reads a URL such as {@code ws://127.0.0.1:1987/}.
     *
     * @throws IllegalArgumentException with a message for the user
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

    /** Returns the host and the port in the form of the Host header. */
    String authority() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }

    @Override
    public String toString() {
        return "ws://" + authority() + path;
    }
}
