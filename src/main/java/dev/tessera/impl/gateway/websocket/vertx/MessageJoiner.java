package dev.tessera.impl.gateway.websocket.vertx;

import dev.tessera.impl.gateway.websocket.WebSocketListener;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import org.jspecify.annotations.Nullable;

/** Joins frames to messages of a bounded size, and hands them over. Thread: one at a time. */
final class MessageJoiner {

    private final int maxPayloadBytes;
    private boolean isText;
    private int messageBytes;
    /** The fragments so far; null if there are none, or if the message is binary. */
    private @Nullable Buffer fragments;

    private boolean isStopped;

    MessageJoiner(int maxPayloadBytes) {
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Drops all messages from now on. */
    void stop() {
        isStopped = true;
        fragments = null;
    }

    /**
     * Takes the next frame. Ignores control frames.
     *
     * @param frame is not too large by itself
     */
    void take(WebSocketFrame frame, WebSocketListener to) {
        WebSocketFrameType type = frame.type();
        if (isStopped
                || type == WebSocketFrameType.PING
                || type == WebSocketFrameType.PONG
                || type == WebSocketFrameType.CLOSE) {
            return;
        }
        if (type != WebSocketFrameType.CONTINUATION) {
            isText = type == WebSocketFrameType.TEXT;
            messageBytes = 0;
            fragments = null;
        }
        Buffer payload = frame.binaryData();
        messageBytes += payload.length();
        if (messageBytes > maxPayloadBytes) {
            stop();
            to.onTooLarge();
        } else if (isText) {
            join(payload, frame.isFinal(), to);
        } else if (frame.isFinal()) {
            to.onBinary();
        }
    }

    private void join(Buffer payload, boolean isFinal, WebSocketListener to) {
        if (fragments != null) {
            fragments.appendBuffer(payload);
        } else if (!isFinal) {
            fragments = Buffer.buffer(payload.length()).appendBuffer(payload);
        }
        if (isFinal) {
            byte[] bytes = (fragments == null ? payload : fragments).getBytes();
            fragments = null;
            to.onText(bytes, 0, bytes.length);
        }
    }
}
