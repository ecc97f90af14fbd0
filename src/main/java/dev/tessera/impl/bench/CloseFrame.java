package dev.tessera.impl.bench;

import java.nio.charset.StandardCharsets;

/** A description of a close frame, for error messages. */
final class CloseFrame {

    private CloseFrame() {}

    static String describe(ServerAddress address, byte[] bytes, int from, int to) {
        if (to - from < 2) {
            return address + " closed a connection";
        }
        int status = ((bytes[from] & 0xFF) << 8) | (bytes[from + 1] & 0xFF);
        return address + " closed a connection: " + status + " "
                + new String(bytes, from + 2, to - from - 2, StandardCharsets.UTF_8);
    }
}
