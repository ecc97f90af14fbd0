package dev.tessera.impl.gateway.websocket.vertx;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops all bytes that are read. It stands before Netty's frame decoder after that has failed, because the decoder
 * would still look at every byte.
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
