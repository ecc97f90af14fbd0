package dev.tessera.impl.gateway.websocket.upgrade;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/**
 * Keeps the bytes that follow a handshake in the same packet, until the connection's new handlers are in place.
 *
 * <p>When the HTTP decoder leaves the pipeline, it passes on the bytes that it has not used. This happens during the
 * upgrade. The next handler is then still Vert.x's HTTP connection, and it drops everything but HTTP. So this handler
 * stands directly after the decoder during the upgrade, and passes its bytes on when it leaves.
 *
 * <p>Thread: the event loop of the connection.
 */
final class UpgradeLeftover extends ChannelInboundHandlerAdapter {

    private final ArrayDeque<Object> kept = new ArrayDeque<>(0);

    /**
     * Adds the handler to a pipeline. Call it while the request's head is handled: earlier no such bytes can come, and
     * later Vert.x has taken them for HTTP.
     */
    static UpgradeLeftover keep(ChannelPipeline pipeline) {
        UpgradeLeftover leftover = new UpgradeLeftover();
        pipeline.addAfter(pipeline.context(HttpRequestDecoder.class).name(), null, leftover);
        return leftover;
    }

    /**
     * Takes the bytes out of the HTTP decoder now. Netty's handshake would pass them to its own frame decoder, which
     * another one replaces later. A decoder without bytes stays behind this handler, because the handshake expects one.
     */
    void emptyDecoder(ChannelPipeline pipeline) {
        String decoder = pipeline.context(HttpRequestDecoder.class).name();
        pipeline.remove(decoder);
        pipeline.addAfter(pipeline.context(this).name(), decoder, new HttpRequestDecoder());
    }

    /**
     * Passes the kept bytes on in a later turn of the event loop. Handlers that see the request on its way (for HTTP/2
     * upgrades) leave the pipeline only after the request's handler has returned.
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
