package dev.tessera.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands over a WebSocket, all in flight at once. Behind each one that may be silent goes one that is always
 * answered, and answers keep their order: so it is known what was silent, and that nothing comes unasked.
 */
abstract class SocketTransport implements Transport {

    private static final String FENCE = "{\"FENCE\":{}}";
    private static final String FENCE_ANSWER = "{\"FENCE_RSP\":";

    abstract void send(String text) throws Exception;

    /** The next message. */
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
