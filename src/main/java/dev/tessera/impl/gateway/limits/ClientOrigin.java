package dev.tessera.impl.gateway.limits;

import dev.tessera.impl.work.Requester;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The origins of the clients that are connected by sockets. The origin is the IPv4 address, or the first 64 bits of the
 * IPv6 address, because one machine has all addresses with these. So the number is the same on every node.
 */
public final class ClientOrigin {

    private ClientOrigin() {}

    /** Returns a new client with this remote address; null if it has none. */
    public static Requester requester(@Nullable SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        byte[] bytes = host == null ? null : NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return new Requester();
        }
        ByteBuffer number = ByteBuffer.wrap(bytes);
        return new Requester(
                bytes.length == Integer.BYTES ? Integer.toUnsignedLong(number.getInt()) : number.getLong());
    }
}
