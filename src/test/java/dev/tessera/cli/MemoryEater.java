package dev.tessera.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that runs {@link Main} and then fills the heap of the process past all of the server's counts. Its first
 * argument says how; the others are those of {@link Main}.
 */
public final class MemoryEater {

    /** Keeps everything alive. */
    private static final List<Object> EATEN = new ArrayList<>();

    private MemoryEater() {}

    /** Runs the program. */
    public static void main(String[] args) {
        Thread eater = new Thread(() -> eat(args[0]), "eater");
        eater.setDaemon(true);
        eater.start();
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        Main.main(rest);
    }

    private static void eat(String how) {
        try {
            while (!Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().startsWith("vert.x-acceptor"))) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            return;
        }
        switch (how) {
            case "silently" -> {
                // Catches the error and goes on, as many libraries do.
                while (true) {
                    try {
                        EATEN.add(new byte[1000]);
                    } catch (OutOfMemoryError e) {
                        Thread.onSpinWait();
                    }
                }
            }
            case "uncaught" -> EATEN.add(new long[Integer.MAX_VALUE - 8]);
            default -> throw new IllegalArgumentException(how);
        }
    }
}
