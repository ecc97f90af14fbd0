package dev.tessera.impl.net;

/** Formats addresses as people and URLs write them. */
public final class HostAndPort {

    private HostAndPort() {}

    /** Returns an address such as {@code 127.0.0.1:1987} or {@code [::1]:1987}. */
    public static String format(String host, int port) {
        return format(host, Integer.toString(port));
    }

    /** Returns an address with anything in place of the port, in the form of the other method. */
    public static String format(String host, String port) {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
