package dev.tessera.impl.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Predicate;

/**
 * Asks for each connection whether it may stay open, in the listening channel and before an event loop knows the
 * connection. Otherwise the acceptor would take descriptors faster than busy event loops give them back.
 */
@Sharable
final class AcceptGuard extends ChannelInboundHandlerAdapter {

    private final Predicate<Channel> admits;

    AcceptGuard(Predicate<Channel> admits) {
        this.admits = admits;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel accepted = (Channel) message;
        if (admits.test(accepted)) {
            ctx.fireChannelRead(accepted);
        } else {
            accepted.unsafe().closeForcibly();
        }
    }
}
