package dev.tessera.impl.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import java.util.function.Predicate;

/**
 * Asks for each connection whether it may stay open, in the listening channel and before an event loop knows the
 * connection. Otherwise the acceptor would take descriptors faster than busy event loops give them back.
 *
 * <p>Vert.x does not show its listening channel, so the first connection installs the guard there. Connections that
 * were accepted before are asked for on their event loops.
 */
final class AcceptGuard extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<Boolean> ADMITTED = AttributeKey.valueOf(AcceptGuard.class, "admitted");

    private final Predicate<Channel> admits;

    private AcceptGuard(Predicate<Channel> admits) {
        this.admits = admits;
    }

    /** Returns whether a connection may stay open. Thread: the connection's event loop. */
    static boolean admits(Channel channel, Predicate<Channel> admits) {
        install(channel.parent(), admits);
        return channel.hasAttr(ADMITTED) || admits.test(channel);
    }

    private static void install(Channel listening, Predicate<Channel> admits) {
        ChannelPipeline pipeline = listening.pipeline();
        if (pipeline.get(AcceptGuard.class) == null) {
            listening.eventLoop().execute(() -> {
                if (pipeline.get(AcceptGuard.class) == null) {
                    pipeline.addFirst(new AcceptGuard(admits));
                }
            });
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel accepted = (Channel) message;
        if (admits.test(accepted)) {
            accepted.attr(ADMITTED).set(true);
            ctx.fireChannelRead(accepted);
        } else {
            accepted.unsafe().closeForcibly();
        }
    }
}
