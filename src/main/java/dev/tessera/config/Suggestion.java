package dev.tessera.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one probably stands for. */
final class Suggestion {

    /** The most letters that may be wrong, missing or superfluous; two swapped letters count twice. */
    private static final int MISTAKES_MAX = 2;

    private static final int NAME_CHARACTERS_MAX = 100;

    private Suggestion() {}

    /** Returns the known name that is nearest, if it is near enough. */
    static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > NAME_CHARACTERS_MAX) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(candidate -> candidate))
                .filter(candidate -> distance(name, candidate) <= MISTAKES_MAX);
    }

    /** Returns the Levenshtein distance, ignoring the case of letters. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
