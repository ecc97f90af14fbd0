package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.testing.ClientFrames;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/**
 * Bytes that a client might send: mostly right, so that readers get far, with a fault here and there. Zeros at the end
 * complete the last frame unless it is too large, and the next bytes are no frame.
 */
final class RandomStream {

    private static final int[] LENGTHS = {0, 1, 2, 7, 124, 125, 126, 127, 128, 300, 1_000};
    private static final int[] STATUSES = {
        1000, 1001, 1003, 1011, 3000, 4999, 0, 999, 1004, 1005, 1015, 2999, 5000, 40_000
    };

    private final Random random;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean inMessage;

    private RandomStream(Random random) {
        this.random = random;
    }

    static byte[] next(Random random, int maxPayloadBytes) {
        RandomStream stream = new RandomStream(random);
        int frames = 1 + random.nextInt(12);
        for (int i = 0; i < frames; i++) {
            stream.frame(maxPayloadBytes);
        }
        byte[] bytes = stream.bytes.toByteArray();
        if (random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return Arrays.copyOf(bytes, bytes.length + 2 + maxPayloadBytes + 14);
    }

    private void frame(int maxPayloadBytes) {
        switch (random.nextInt(20)) {
            case 0 -> close();
            case 1, 2 -> control(ClientFrames.PING);
            case 3 -> control(ClientFrames.PONG);
            case 4 -> anything();
            case 5 -> data(maxPayloadBytes - 2 + random.nextInt(4));
            default -> data(LENGTHS[random.nextInt(LENGTHS.length)]);
        }
    }

    private void data(int length) {
        boolean isLast = random.nextInt(3) > 0;
        int opcode = inMessage
                ? ClientFrames.CONTINUATION
                : random.nextInt(4) == 0 ? ClientFrames.BINARY : ClientFrames.TEXT;
        inMessage = !isLast;
        add((isLast ? ClientFrames.FIN : 0) | opcode, payload(length));
    }

    private void control(int opcode) {
        add(ClientFrames.FIN | opcode, payload(random.nextInt(126)));
    }

    private void close() {
        int status = STATUSES[random.nextInt(STATUSES.length)];
        byte[] code = random.nextInt(8) == 0 ? payload(random.nextInt(2)) : ClientFrames.bytes(status >> 8, status);
        byte[] reason = code.length < 2
                ? new byte[0]
                : random.nextBoolean() ? ClientFrames.utf8("grüße €") : payload(random.nextInt(4));
        add(ClientFrames.FIN | ClientFrames.CLOSE, ClientFrames.concat(code, reason));
    }

    /** Any first byte, any length field, masked or not. */
    private void anything() {
        byte[] header = new byte[2 + random.nextInt(13)];
        random.nextBytes(header);
        if (random.nextBoolean()) {
            header[0] &= (byte) 0x8F;
            header[1] |= (byte) 0x80;
        }
        bytes.writeBytes(header);
    }

    private void add(int first, byte[] payload) {
        bytes.writeBytes(ClientFrames.frame(first, payload, random.nextInt(5) == 0 ? 0 : random.nextInt()));
    }

    private byte[] payload(int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return payload;
    }
}
