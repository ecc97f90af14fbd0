package dev.tessera.impl.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** The host and port in a request target that is a whole URL. It replaces the Host header (RFC 9112, section 3.2.2). */
final class TargetAuthority {

    private static final String SCHEME_END = "://";

    private TargetAuthority() {}

    /** Returns whether the target has no authority, or one that is a host with or without a port. */
    static boolean isReadable(HttpRequest request) {
        String authority = of(request.uri());
        if (authority == null) {
            return true;
        }
        HostAndPort parsed = HostAndPort.parseAuthority(authority, -1);
        return parsed != null && !parsed.host().isEmpty();
    }

    /** Makes the authority of the target the only Host header. */
    static void replaceHost(HttpRequest request) {
        String authority = of(request.uri());
        if (authority != null) {
            request.headers().set(HttpHeaderNames.HOST, authority);
        }
    }

    /** Returns the authority as it stands in the target; null if the target is no whole URL. */
    private static @Nullable String of(String target) {
        int schemeEnd = target.startsWith("/") ? -1 : target.indexOf(SCHEME_END);
        if (schemeEnd < 0) {
            return null;
        }
        int start = schemeEnd + SCHEME_END.length();
        int end = start;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return target.substring(start, end);
    }
}
