package dev.tessera.impl.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/**
 * Replaces the request decoder of Vert.x by one that keeps to RFC 9112, and puts a {@link RequestGuard} after it.
 *
 * <p>The first bytes of a connection tell Vert.x whether it is HTTP/2. Vert.x then builds the rest of the pipeline, and
 * passes the bytes on. This handler stands between the two, and leaves when it has done its work. HTTP/2 has its own
 * decoder, which is strict.
 *
 * <p>Thread: the event loop of the connection.
 */
final class StrictHttp extends ChannelInboundHandlerAdapter {

    /** The names that Vert.x gives to its handlers. */
    static final String DECODER = "httpDecoder";

    static final String ENCODER = "httpEncoder";

    private final HttpServerOptions options;
    private final ErrorBody errors;

    private StrictHttp(HttpServerOptions options, ErrorBody errors) {
        this.options = options;
        this.errors = errors;
    }

    /** Prepares a connection that was accepted and has read nothing. */
    static void prepare(Channel channel, HttpServerOptions options, ErrorBody errors) {
        ChannelPipeline pipeline = channel.pipeline();
        String detector = pipeline.context(Http1xOrH2CHandler.class).name();
        pipeline.addAfter(detector, null, new StrictHttp(options, errors));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object firstBytes) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (pipeline.get(DECODER) != null) {
            pipeline.replace(DECODER, DECODER, decoder(options));
            pipeline.addAfter(ENCODER, null, new RequestGuard(() -> decoder(options), errors));
        }
        pipeline.remove(this);
        ctx.fireChannelRead(firstBytes);
    }

    private static HttpRequestDecoder decoder(HttpServerOptions options) {
        return new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(options.getMaxInitialLineLength())
                .setMaxHeaderSize(options.getMaxHeaderSize())
                .setMaxChunkSize(options.getMaxChunkSize())
                .setInitialBufferSize(options.getDecoderInitialBufferSize())
                .setHeadersFactory(new VertxHeaders())
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
    }

    /** The headers that Vert.x uses, which refuse names and values that are not allowed. */
    private static final class VertxHeaders implements HttpHeadersFactory {

        @Override
        public HttpHeaders newHeaders() {
            return HeadersMultiMap.httpHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return newHeaders();
        }
    }
}
