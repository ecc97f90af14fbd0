package dev.tessera.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what a misspelt name was likely meant to be. */
final class Suggestion {

    /** As many letters may be wrong, missing or too many; two letters in each other's place are two. */
    private static final int MISTAKES_MAX = 2;

    private static final int NAME_CHARACTERS_MAX = 100;

    private Suggestion() {}

    /** Words to end an error text with; empty if nothing is near. */
    static String of(String name, Collection<String> known) {
        if (name.length() > NAME_CHARACTERS_MAX) {
            return "";
        }
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(candidate -> candidate))
                .filter(candidate -> distance(name, candidate) <= MISTAKES_MAX)
                .map(candidate -> " (did you mean " + candidate + "?)")
                .orElse("");
    }

    /** Levenshtein's distance, whatever the case of the letters. */
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
