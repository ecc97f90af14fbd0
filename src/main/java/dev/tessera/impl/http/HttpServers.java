package dev.tessera.impl.http;

import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.spi.transport.Transport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Creates HTTP servers of Vert.x that prepare each connection before its first byte is read.
 *
 * <p>Vert.x has no public way to do this: its {@code connectionHandler} runs after the first request is decoded. So
 * this class uses types that Vert.x does not export. It is the only one that depends on how Vert.x builds a server.
 */
public final class HttpServers {

    private HttpServers() {}

    /**
     * Creates a server whose connections follow RFC 9112 strictly.
     *
     * @param options without TLS, and with HTTP/2 in clear text, which works by prior knowledge and never by an upgrade
     * @param errors writes the answers to requests that are not HTTP
     */
    public static HttpServer create(Vertx vertx, HttpServerOptions options, ErrorBody errors) {
        return create(vertx, options, errors, accepted -> true, prepared -> {});
    }

    /**
     * Creates a server as {@link #create(Vertx, HttpServerOptions, ErrorBody)} does.
     *
     * @param admits returns whether a connection that was just accepted may stay open; called once for each, on the
     *     acceptor's thread. The servers of one port share the first one's
     * @param prepares prepares a connection that stays open, before its first byte is read; runs on its event loop
     */
    public static HttpServer create(
            Vertx vertx,
            HttpServerOptions options,
            ErrorBody errors,
            Predicate<Channel> admits,
            Consumer<Channel> prepares) {
        if (options.isSsl() || !options.isHttp2ClearTextEnabled()) {
            throw new IllegalArgumentException("with TLS, or without HTTP/2 in clear text, the pipeline differs");
        }
        Consumer<Channel> onAccept = channel -> {
            StrictHttp.prepare(channel, options, errors);
            prepares.accept(channel);
        };
        return new HttpServerImpl(new AcceptingVertx((VertxInternal) vertx, admits, onAccept), options);
    }

    /** A Vert.x whose TCP servers ask for each connection, and prepare those that stay open. */
    private static final class AcceptingVertx extends VertxWrapper {

        private final Transport transport;
        private final Consumer<Channel> onAccept;

        AcceptingVertx(VertxInternal vertx, Predicate<Channel> admits, Consumer<Channel> onAccept) {
            super(vertx);
            this.transport = new GuardedTransport(vertx.transport(), new AcceptGuard(admits));
            this.onAccept = onAccept;
        }

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public NetServerInternal createNetServer(NetServerOptions options) {
            return new NetServerImpl(this, options) {
                @Override
                public synchronized NetServerInternal connectHandler(Handler<NetSocket> handler) {
                    return super.connectHandler(socket -> {
                        handler.handle(socket);
                        onAccept.accept(((NetSocketInternal) socket)
                                .channelHandlerContext()
                                .channel());
                    });
                }
            };
        }
    }
}
