package dev.tessera.impl.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hosts in whose name a server answers. A page of an attacker reaches a server on the user's machine by a name of
 * the attacker's domain that resolves to an address of that machine (DNS rebinding). The browser then sends this name
 * as {@code Host}. So addresses, {@code localhost} and configured names are safe, and other names are not. Thread-safe.
 */
public final class AllowedHosts {

    private static final String ANY = "*";
    private static final String LOCALHOST = "localhost";

    private final Set<String> names;

    /**
     * Creates the rules of a server.
     *
     * @param ownHost the address or name on which the server listens
     * @param hosts the other names; {@code *} allows all
     */
    public AllowedHosts(String ownHost, List<String> hosts) {
        names = Stream.concat(Stream.of(ownHost), hosts.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether the server answers a request. A request without a host passes, because browsers send one. */
    public boolean admit(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null || admit(authority.host());
    }

    boolean admit(String host) {
        String name = withoutDot(host.toLowerCase(Locale.ROOT));
        return name.equals(LOCALHOST)
                || name.endsWith("." + LOCALHOST)
                || NetUtil.isValidIpV4Address(name)
                || NetUtil.isValidIpV6Address(name)
                || names.contains(name)
                || names.contains(ANY);
    }

    /** Removes the dot at the end, which makes a name absolute. */
    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
