package dev.tessera.impl.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one connection sends, again and again, and what must come back: request frames, masked and one behind the other,
 * so that sending any run of them is one write, and reply frames, so that checking one is one comparison. Immutable but
 * for the position of its buffer.
 */
final class Script {

    private final ByteBuffer requests;
    /** Where each request begins, and where the last one ends. */
    private final int[] requestAt;

    private final byte[] replies;
    private final int[] replyAt;
    /** The index in {@link #replies} of the byte that may differ, or {@link RequestReply#NO_VARIANT}. */
    private final int[] variantAt;

    private final byte[] variants;

    /**
     * Builds the frames.
     *
     * @param random draws the masking keys, which are never 0: a server might take a short cut there
     */
    Script(List<RequestReply> exchanges, SplittableRandom random) {
        int count = exchanges.size();
        requestAt = new int[count + 1];
        replyAt = new int[count + 1];
        for (int i = 0; i < count; i++) {
            requestAt[i + 1] = Math.addExact(
                    requestAt[i], ClientFrame.maskedBytes(exchanges.get(i).request().length));
            replyAt[i + 1] = Math.addExact(
                    replyAt[i], ClientFrame.unmaskedBytes(exchanges.get(i).reply().length));
        }
        requests = ByteBuffer.allocateDirect(requestAt[count]);
        replies = new byte[replyAt[count]];
        variantAt = new int[count];
        variants = new byte[count];
        ByteBuffer frames = ByteBuffer.wrap(replies);
        for (int i = 0; i < count; i++) {
            RequestReply exchange = exchanges.get(i);
            ClientFrame.writeMasked(
                    requests, ClientFrame.TEXT, exchange.request(), random.nextInt(1, Integer.MAX_VALUE));
            ClientFrame.writeUnmasked(frames, ClientFrame.TEXT, exchange.reply());
            variantAt[i] = exchange.variantAt() == RequestReply.NO_VARIANT
                    ? RequestReply.NO_VARIANT
                    : replyAt[i + 1] - exchange.reply().length + exchange.variantAt();
            variants[i] = exchange.variant();
        }
    }

    /** How many requests there are. */
    int size() {
        return variants.length;
    }

    /** The frames; whoever sends sets position and limit. */
    ByteBuffer requests() {
        return requests;
    }

    /** Where in {@link #requests()} a request begins; for {@link #size()}, where the last one ends. */
    int requestAt(int number) {
        return requestAt[number];
    }

    /** The size of the frame that must answer a request. */
    int replyBytes(int number) {
        return replyAt[number + 1] - replyAt[number];
    }

    /** Says whether these bytes, {@link #replyBytes} of them, are the frame that must answer a request. */
    boolean isReply(int number, byte[] bytes, int at) {
        int from = replyAt[number];
        int to = replyAt[number + 1];
        int same = Arrays.mismatch(replies, from, to, bytes, at, at + to - from);
        if (same < 0) {
            return true;
        }
        int differs = from + same;
        return differs == variantAt[number]
                && bytes[at + same] == variants[number]
                && Arrays.equals(replies, differs + 1, to, bytes, at + same + 1, at + to - from);
    }

    /** The reply's text, for a complaint. */
    String reply(int number) {
        int header = ClientFrame.headerBytes(replies[replyAt[number] + 1]);
        return new String(replies, replyAt[number] + header, replyBytes(number) - header, StandardCharsets.UTF_8);
    }
}
