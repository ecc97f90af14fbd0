package dev.tessera.impl.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A buffer for the bytes of one read. The connections of a thread share it. */
final class ReadBuffer {

    static final int BYTES = 256 * 1024;

    private final ByteBuffer direct = ByteBuffer.allocateDirect(BYTES);
    private final byte[] bytes = new byte[BYTES];

    /** Reads once and returns the number of bytes, as {@link SocketChannel#read(ByteBuffer)} does. */
    int read(SocketChannel channel) throws IOException {
        direct.clear();
        int count = channel.read(direct);
        direct.flip();
        return count;
    }

    /** Returns the bytes of the last read, from index 0. Call it once after each read. */
    byte[] bytes() {
        int count = direct.remaining();
        direct.get(bytes, 0, count);
        return bytes;
    }

    /** Copies the bytes of the last read into an array. */
    void copyTo(byte[] target, int at) {
        direct.get(target, at, direct.remaining());
    }
}
