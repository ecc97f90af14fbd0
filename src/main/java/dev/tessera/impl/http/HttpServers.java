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
import java.util.function.Consumer;

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
     * @param options speak HTTP/2 by prior knowledge, if it is enabled; never by an upgrade
     * @param errors writes the answers to requests that are not HTTP
     */
    public static HttpServer create(Vertx vertx, HttpServerOptions options, ErrorBody errors) {
        Consumer<Channel> onAccept = channel -> StrictHttp.prepare(channel, options, errors);
        return new HttpServerImpl(new AcceptingVertx((VertxInternal) vertx, onAccept), options);
    }

    /** A Vert.x whose TCP servers prepare each connection. */
    private static final class AcceptingVertx extends VertxWrapper {

        private final Consumer<Channel> onAccept;

        AcceptingVertx(VertxInternal vertx, Consumer<Channel> onAccept) {
            super(vertx);
            this.onAccept = onAccept;
        }

        @Override
        public NetServerInternal createNetServer(NetServerOptions options) {
            return new NetServerImpl(delegate, options) {
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
