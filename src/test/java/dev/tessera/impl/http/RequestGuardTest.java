package dev.tessera.impl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A handshake that waits behind a request. */
@Tag(Layer.UNIT)
class RequestGuardTest {

    private static final String FIRST = "GET /first HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String HANDSHAKE = "GET /handshake HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n";
    private static final String LAST = "GET /last HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<String> passed = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    RequestGuardTest() {
        channel.pipeline()
                .addLast(StrictHttp.DECODER, new HttpRequestDecoder())
                .addLast(StrictHttp.ENCODER, new HttpResponseEncoder())
                .addLast(new RequestGuard(HttpRequestDecoder::new, message -> new byte[0]))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        if (message instanceof HttpRequest request) {
                            passed.add(request.uri());
                        }
                        ReferenceCountUtil.release(message);
                    }
                });
    }

    @Test
    void shouldPassTheHandshakeAndTheBytesAfterItOnceTheRequestIsAnswered() {
        receive(FIRST + HANDSHAKE + LAST);
        assertThat(passed).containsExactly("/first");

        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertThat(passed).containsExactly("/first", "/handshake", "/last");
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldStopReadingAgainIfReadingIsResumed() {
        receive(FIRST + HANDSHAKE);
        assertThat(channel.config().isAutoRead()).isFalse();

        channel.config().setAutoRead(true);
        receive("frames");
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(passed).containsExactly("/first");
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldReleaseWhatWaitsIfTheConnectionEnds() {
        receive(FIRST + HANDSHAKE);
        ByteBuf frames = receive("frames");
        assertThat(frames.refCnt()).isEqualTo(1);

        channel.finishAndReleaseAll();
        assertThat(frames.refCnt()).isZero();
    }

    @Test
    void shouldKeepNoTimerOfARefusedConnectionThatHasClosed() {
        receive("GET / HTTP/1.1\r\n\r\n");
        assertThat(channel.runScheduledPendingTasks()).isPositive();

        assertThat(channel.pipeline().close().isSuccess()).isTrue();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
        channel.finishAndReleaseAll();
    }

    private ByteBuf receive(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        channel.writeInbound(bytes);
        return bytes;
    }
}
