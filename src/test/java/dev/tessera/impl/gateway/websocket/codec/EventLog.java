package dev.tessera.impl.gateway.websocket.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records the findings of a reader, and stops it after the end of a connection. */
final class EventLog implements FrameReader.Sink {

    final List<String> events = new ArrayList<>();
    boolean ended;

    static String event(String kind, byte[] bytes, int offset, int length) {
        return kind + ' ' + new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void text(byte[] bytes, int offset, int length) {
        events.add(event("text", bytes, offset, length));
    }

    @Override
    public void binary() {
        events.add("binary");
    }

    @Override
    public void noRoom() {
        events.add("no room");
    }

    @Override
    public void tooLarge() {
        end("too large");
    }

    @Override
    public void ping(byte[] bytes, int offset, int length) {
        events.add(event("ping", bytes, offset, length));
    }

    @Override
    public void close(int status) {
        end("close " + status);
    }

    @Override
    public void violation(int status, String reason) {
        end("violation");
    }

    @Override
    public boolean isReady() {
        return !ended;
    }

    private void end(String event) {
        if (!ended) {
            events.add(event);
            ended = true;
        }
    }
}
