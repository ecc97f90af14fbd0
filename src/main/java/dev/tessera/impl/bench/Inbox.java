package dev.tessera.impl.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Room for what one read brings; the connections of a thread share it. */
final class Inbox {

    static final int BYTES = 256 * 1024;

    private final ByteBuffer direct = ByteBuffer.allocateDirect(BYTES);
    private final byte[] bytes = new byte[BYTES];

    /** Reads once; says as {@link SocketChannel#read(ByteBuffer)} how many bytes came. */
    int read(SocketChannel channel) throws IOException {
        direct.clear();
        int count = channel.read(direct);
        direct.flip();
        return count;
    }

    /** What was read, from index 0. */
    byte[] bytes() {
        int count = direct.remaining();
        direct.get(bytes, 0, count);
        return bytes;
    }

    /** Copies what was read behind something that is there already. */
    void copyTo(byte[] target, int at) {
        direct.get(target, at, direct.remaining());
    }
}
