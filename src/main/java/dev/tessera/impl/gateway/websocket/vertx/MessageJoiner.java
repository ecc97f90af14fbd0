package dev.tessera.impl.gateway.websocket.vertx;

import dev.tessera.impl.gateway.limits.IncomingBytes;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import org.jspecify.annotations.Nullable;

/** Joins frames to messages of a bounded size, and hands them over. Thread: one at a time. */
final class MessageJoiner {

    private final int maxPayloadBytes;
    private final IncomingTotal total;
    private boolean isText;
    private long messageBytes;
    /** The fragments so far; null if there are none, or if they are dropped. */
    private @Nullable IncomingBytes fragments;
    /** The current message did not fit the total. */
    private boolean isRefused;

    private boolean isStopped;

    MessageJoiner(int maxPayloadBytes, IncomingTotal total) {
        this.maxPayloadBytes = maxPayloadBytes;
        this.total = total;
    }

    /** Drops all messages from now on. */
    void stop() {
        isStopped = true;
        releaseFragments();
    }

    /** Takes the next frame. Ignores control frames. */
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
            isRefused = false;
            messageBytes = 0;
        }
        byte[] payload = frame.binaryData().getBytes();
        messageBytes += payload.length;
        if (messageBytes > maxPayloadBytes) {
            stop();
            to.onTooLarge();
        } else if (isText && !isRefused) {
            join(payload, frame.isFinal(), to);
        } else if (frame.isFinal() && !isText) {
            to.onBinary();
        }
    }

    private void join(byte[] payload, boolean isFinal, WebSocketListener to) {
        if (fragments == null && isFinal) {
            to.onText(payload, 0, payload.length);
            return;
        }
        if (fragments == null) {
            fragments = new IncomingBytes(total);
        }
        if (!fragments.append(payload, 0, payload.length, maxPayloadBytes)) {
            fragments = null;
            isRefused = true;
            to.onNoRoom();
        } else if (isFinal) {
            byte[] bytes = fragments.array();
            int size = fragments.size();
            releaseFragments();
            to.onText(bytes, 0, size);
        }
    }

    private void releaseFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }
}
