package dev.tessera.impl.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The request frames that one connection sends in a loop, and their expected reply frames. The requests are masked and
 * lie one after another, so one write sends many of them. One comparison checks a reply. Immutable, except for the
 * position and limit of the request buffer.
 */
final class Script {

    private final ByteBuffer requests;
    /** The index at which each request begins; the last element is the end of the last request. */
    private final int[] requestAt;

    private final byte[] replies;
    private final int[] replyAt;
    /**
     * For each reply, the index in {@link #replies} of the byte that may differ, or {@link RequestReply#NO_VARIANT}.
     */
    private final int[] variantAt;

    private final byte[] variants;

    /**
     * Builds the frames.
     *
     * @param random the source of the masking keys; they are never 0, because a server might skip unmasking then
     */
    Script(List<RequestReply> requestReplies, SplittableRandom random) {
        int count = requestReplies.size();
        requestAt = new int[count + 1];
        replyAt = new int[count + 1];
        for (int i = 0; i < count; i++) {
            requestAt[i + 1] = Math.addExact(
                    requestAt[i], ClientFrame.maskedBytes(requestReplies.get(i).request().length));
            replyAt[i + 1] = Math.addExact(
                    replyAt[i], ClientFrame.unmaskedBytes(requestReplies.get(i).reply().length));
        }
        requests = ByteBuffer.allocateDirect(requestAt[count]);
        replies = new byte[replyAt[count]];
        variantAt = new int[count];
        variants = new byte[count];
        ByteBuffer frames = ByteBuffer.wrap(replies);
        for (int i = 0; i < count; i++) {
            RequestReply requestReply = requestReplies.get(i);
            ClientFrame.writeMasked(
                    requests, ClientFrame.TEXT, requestReply.request(), random.nextInt(1, Integer.MAX_VALUE));
            ClientFrame.writeUnmasked(frames, ClientFrame.TEXT, requestReply.reply());
            variantAt[i] = requestReply.variantAt() == RequestReply.NO_VARIANT
                    ? RequestReply.NO_VARIANT
                    : replyAt[i + 1] - requestReply.reply().length + requestReply.variantAt();
            variants[i] = requestReply.variant();
        }
    }

    /** Returns the number of requests. */
    int size() {
        return variants.length;
    }

    /** Returns the request frames. The sender sets the position and the limit. */
    ByteBuffer requests() {
        return requests;
    }

    /**
     * Returns the index in {@link #requests()} at which a request begins. For {@link #size()} it returns the end of the
     * last request.
     */
    int requestAt(int number) {
        return requestAt[number];
    }

    /** Returns the size of the expected reply frame. */
    int replyBytes(int number) {
        return replyAt[number + 1] - replyAt[number];
    }

    /** Returns whether the {@link #replyBytes} bytes at an index are the expected reply frame. */
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

    /** Returns the text of the expected reply, for an error message. */
    String reply(int number) {
        int header = ClientFrame.headerBytes(replies[replyAt[number] + 1]);
        return new String(replies, replyAt[number] + header, replyBytes(number) - header, StandardCharsets.UTF_8);
    }
}
