package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Netty's reading of a byte stream, in the words of {@link EventLog}. Netty hands out frames, and this class joins them
 * to messages of a bounded size. In these points we differ deliberately, and this class answers as we do:
 *
 * <ul>
 *   <li>Netty takes close statuses of 5000 and more. Nobody may send them (RFC 6455, section 7.4.2).
 *   <li>Netty takes a reason that ends within a UTF-8 character, so it is not UTF-8.
 *   <li>Netty bounds frames, we bound messages.
 *   <li>If the status and the reason of a close frame are both wrong, Netty may name the reason. So the test compares
 *       violations without their status, and other tests check that.
 * </ul>
 */
final class NettyReference {

    private final int maxPayloadBytes;
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean isText;

    private NettyReference(int maxPayloadBytes) {
        this.maxPayloadBytes = maxPayloadBytes;
    }

    static List<String> read(byte[] stream, int maxPayloadBytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .maxFramePayloadLength(maxPayloadBytes)
                .closeOnProtocolViolation(false)
                .build()));
        String end = null;
        try {
            channel.writeInbound(Unpooled.copiedBuffer(stream));
        } catch (CorruptedWebSocketFrameException e) {
            end = e.closeStatus().code() == CloseStatus.MESSAGE_TOO_BIG ? "too large" : "violation";
        }
        NettyReference reference = new NettyReference(maxPayloadBytes);
        boolean goesOn = true;
        for (WebSocketFrame frame; (frame = channel.readInbound()) != null; frame.release()) {
            goesOn = goesOn && reference.take(frame);
        }
        channel.finishAndReleaseAll();
        if (goesOn && end != null) {
            reference.events.add(end);
        }
        return reference.events;
    }

    /** Returns whether the connection goes on. */
    private boolean take(WebSocketFrame frame) {
        byte[] payload = ByteBufUtil.getBytes(frame.content());
        if (frame instanceof PongWebSocketFrame) {
            return true;
        }
        if (frame instanceof PingWebSocketFrame) {
            events.add(EventLog.event("ping", payload, 0, payload.length));
            return true;
        }
        if (frame instanceof CloseWebSocketFrame) {
            int wrong = CloseBody.violation(payload, 0, payload.length);
            events.add(wrong == 0 ? "close " + CloseBody.status(payload, 0, payload.length) : "violation");
            return false;
        }
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            isText = !(frame instanceof BinaryWebSocketFrame);
            message.reset();
        }
        message.writeBytes(payload);
        if (message.size() > maxPayloadBytes) {
            events.add("too large");
            return false;
        }
        if (frame.isFinalFragment()) {
            events.add(isText ? EventLog.event("text", message.toByteArray(), 0, message.size()) : "binary");
        }
        return true;
    }
}
