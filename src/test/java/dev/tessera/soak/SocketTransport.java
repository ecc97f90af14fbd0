package dev.tessera.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands over a WebSocket, all in flight at once. After each command that may be silent it sends one that is always
 * answered. Answers keep their order, so the transport knows which commands were silent, and that no answer is extra.
 */
abstract class SocketTransport implements Transport {

    private static final String FENCE = "{\"FENCE\":{}}";
    private static final String FENCE_ANSWER = "{\"FENCE_RSP\":";

    abstract void send(String text) throws Exception;

    /** Returns the next message. */
    abstract String receive() throws Exception;

    @Override
    public final List<String> exchange(List<Step> steps) throws Exception {
        for (Step step : steps) {
            send(step.command());
            if (step.isQuiet()) {
                send(FENCE);
            }
        }
        send(FENCE);
        List<String> answers = new ArrayList<>();
        for (Step step : steps) {
            String answer = receive();
            if (answer.startsWith(FENCE_ANSWER)) {
                answers.add("");
            } else {
                answers.add(answer);
                if (step.isQuiet()) {
                    requireFence();
                }
            }
        }
        requireFence();
        return answers;
    }

    private void requireFence() throws Exception {
        String fence = receive();
        if (!fence.startsWith(FENCE_ANSWER)) {
            throw new AssertionError("one answer too many: " + fence);
        }
    }
}
