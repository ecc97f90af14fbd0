package dev.tessera.impl.jsonpath.regexp;

import java.util.Set;

/**
 * The Unicode general categories of I-Regexp, {@code \p{Lu}} and so on.
 *
 * <p>RE2 uses the same names, except for unassigned characters: it has no {@code Cn}, and its {@code C} omits them.
 * These two are written as ranges from the tables of the Java runtime.
 */
final class Categories {

    private static final Set<String> KNOWN = Set.of(
            "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe",
            "Pf", "Pi", "Po", "Ps", "Z", "Zl", "Zp", "Zs", "S", "Sc", "Sk", "Sm", "So", "C", "Cc", "Cf", "Cn", "Co");
    /** A class is one step, but a large one is many ranges to keep and to search. */
    private static final int STEPS_PER_CATEGORY = 10;

    private static final int STEPS_PER_RANGES = 500;

    private Categories() {}

    /** A category, or all characters outside it. */
    record Category(String name, boolean complement) {}

    static boolean known(String name) {
        return KNOWN.contains(name);
    }

    static Translated outsideClass(Category category) {
        Translated inside = insideClass(category);
        return new Translated("[" + inside.re2() + "]", inside.steps(), 1);
    }

    static Translated insideClass(Category category) {
        return switch (category.name()) {
            case "Cn" ->
                new Translated(category.complement() ? Ranges.ASSIGNED : Ranges.UNASSIGNED, STEPS_PER_RANGES, 1);
            case "C" -> new Translated(category.complement() ? Ranges.NOT_OTHER : Ranges.OTHER, STEPS_PER_RANGES, 1);
            default ->
                new Translated(
                        "\\" + (category.complement() ? 'P' : 'p') + "{" + category.name() + "}",
                        STEPS_PER_CATEGORY,
                        1);
        };
    }

    /** Computed at the first use, because use is rare. */
    private static final class Ranges {

        static final String UNASSIGNED = ranges(false, true);
        static final String ASSIGNED = ranges(false, false);
        static final String OTHER = ranges(true, true);
        static final String NOT_OTHER = ranges(true, false);

        private static String ranges(boolean allOthers, boolean wanted) {
            StringBuilder out = new StringBuilder();
            int start = -1;
            for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
                boolean in = c <= Character.MAX_CODE_POINT && inCategory(c, allOthers) == wanted;
                if (in && start < 0) {
                    start = c;
                } else if (!in && start >= 0) {
                    out.append(Re2Syntax.inClass(start)).append('-').append(Re2Syntax.inClass(c - 1));
                    start = -1;
                }
            }
            return out.toString();
        }

        private static boolean inCategory(int c, boolean allOthers) {
            int type = Character.getType(c);
            return type == Character.UNASSIGNED
                    || (allOthers
                            && (type == Character.CONTROL
                                    || type == Character.FORMAT
                                    || type == Character.PRIVATE_USE
                                    || type == Character.SURROGATE));
        }
    }
}
