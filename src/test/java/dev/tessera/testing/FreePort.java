package dev.tessera.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for tests that must name one beforehand. Prefer a server that chooses its own port.
 *
 * <p>The ports lie below those that systems choose themselves, so that no other socket takes one meanwhile. Each test
 * JVM of a build has a range of its own.
 */
public final class FreePort {

    private static final int LOWEST = 12_000;
    private static final int RANGE = 8_000;

    private static int offset = ThreadLocalRandom.current().nextInt(RANGE);

    private FreePort() {}

    /** Returns a port that was free a moment ago. */
    public static int find() throws IOException {
        return find(1)[0];
    }

    /** Returns different ports that were free a moment ago. */
    public static int[] find(int count) throws IOException {
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            ports[i] = next();
        }
        return ports;
    }

    private static synchronized int next() throws IOException {
        int lowest = LOWEST + (Integer.getInteger("surefire.forkNumber", 1) - 1) * RANGE;
        for (int tried = 0; tried < RANGE; tried++) {
            offset = (offset + 1) % RANGE;
            if (isFree(lowest + offset)) {
                return lowest + offset;
            }
        }
        throw new IOException("no port is free from " + lowest + " on");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }
}
