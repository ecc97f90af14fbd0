package dev.tessera.impl.gateway.websocket.upgrade;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/**
 * Keeps what follows right behind a handshake, in the same packet, until the connection's new handlers are in place.
 *
 * <p>The HTTP decoder gives up the bytes it has not used when it is taken out of the pipeline. That happens within the
 * upgrade, when the handler behind it is still Vert.x's HTTP connection, which drops what is not HTTP. So this handler
 * stands right behind the decoder while the upgrade goes on; when it leaves, it passes on what it has kept.
 *
 * <p>Thread: the event loop of the connection.
 */
final class UpgradeLeftover extends ChannelInboundHandlerAdapter {

    private final ArrayDeque<Object> kept = new ArrayDeque<>(0);

    /**
     * To be called while the request's head is being handled: before, nothing can come; later, it was taken for HTTP.
     */
    static UpgradeLeftover keep(ChannelPipeline pipeline) {
        UpgradeLeftover early = new UpgradeLeftover();
        pipeline.addAfter(pipeline.context(HttpRequestDecoder.class).name(), null, early);
        return early;
    }

    /**
     * Passes on what was kept, in a later turn of the event loop: handlers that see the request on its way (for HTTP/2
     * upgrades) take themselves out of the pipeline only when the request's handler has returned.
     */
    void release(ChannelPipeline pipeline) {
        pipeline.channel().eventLoop().execute(() -> {
            if (pipeline.context(this) != null) {
                pipeline.remove(this);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpObject) {
            ctx.fireChannelRead(message);
        } else {
            kept.add(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (kept.isEmpty()) {
            return;
        }
        boolean isActive = ctx.channel().isActive();
        for (Object message : kept) {
            if (isActive) {
                ctx.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }
        kept.clear();
        if (isActive) {
            ctx.fireChannelReadComplete();
        }
    }
}
