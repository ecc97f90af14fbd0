package dev.tessera.impl.gateway.websocket.vertx;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops what is read. Stands before Netty's frame decoder once that has failed: it would go on looking at every single
 * byte.
 */
@Sharable
final class Drain extends ChannelInboundHandlerAdapter {

    static final Drain INSTANCE = new Drain();

    private Drain() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }
}
