package dev.tessera.impl.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A blocking connection for the steps outside the measurement: it creates sessions, stores keys and ends sessions.
 * Confined to one thread.
 */
final class Conversation implements AutoCloseable {

    /** The most requests in flight. Servers may stop reading at a higher number. */
    private static final int WINDOW = 64;

    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xE8};

    private final ServerAddress address;
    private final SocketChannel channel;
    private final OutputStream out;
    private final DataInputStream in;
    private final SplittableRandom random = new SplittableRandom();

    private Conversation(ServerAddress address, SocketChannel channel) throws IOException {
        this.address = address;
        this.channel = channel;
        out = channel.socket().getOutputStream();
        in = new DataInputStream(new BufferedInputStream(channel.socket().getInputStream()));
    }

    static Conversation open(ServerAddress address) {
        try {
            return new Conversation(address, ClientHandshake.open(address));
        } catch (IOException e) {
            throw lost(address, e);
        }
    }

    /** Sends requests, several at a time, and passes their replies on in the same order. */
    void askAll(Iterator<String> requests, Consumer<String> onReply) {
        try {
            int inFlight = 0;
            while (requests.hasNext()) {
                if (inFlight == WINDOW) {
                    onReply.accept(receive());
                    inFlight--;
                }
                send(ClientFrame.TEXT, requests.next().getBytes(StandardCharsets.UTF_8));
                inFlight++;
            }
            for (; inFlight > 0; inFlight--) {
                onReply.accept(receive());
            }
        } catch (IOException e) {
            throw lost(address, e);
        }
    }

    private void send(int opcode, byte[] payload) throws IOException {
        byte[] frame = new byte[ClientFrame.maskedBytes(payload.length)];
        ClientFrame.writeMasked(ByteBuffer.wrap(frame), opcode, payload, random.nextInt());
        out.write(frame);
    }

    private String receive() throws IOException {
        while (true) {
            byte[] header = new byte[10];
            in.readFully(header, 0, 2);
            in.readFully(header, 2, ClientFrame.headerBytes(header[1]) - 2);
            byte[] payload = new byte[ClientFrame.payloadBytes(header, 0)];
            in.readFully(payload);
            switch (ClientFrame.opcode(header[0])) {
                case ClientFrame.TEXT -> {
                    return new String(payload, StandardCharsets.UTF_8);
                }
                case ClientFrame.PING -> send(ClientFrame.PONG, payload);
                case ClientFrame.PONG -> {}
                case ClientFrame.CLOSE ->
                    throw new BenchException(CloseFrame.describe(address, payload, 0, payload.length));
                default -> throw new BenchException(address + " sends something other than text");
            }
        }
    }

    private static BenchException lost(ServerAddress address, IOException e) {
        String why = e instanceof EOFException ? "it was closed" : String.valueOf(e.getMessage());
        return new BenchException("lost the connection to " + address + ": " + why, e);
    }

    @Override
    public void close() {
        try {
            send(ClientFrame.CLOSE, NORMAL_CLOSURE);
            channel.close();
        } catch (IOException e) {
            throw lost(address, e);
        }
    }
}
