package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.parameter.RevisionsParameter;
import dev.tessera.impl.json.Unsigned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The revisions in a list of entity tags (RFC 9110, section 8.8.3). The tag of a key is its revision between quotes, so
 * other tags match nothing: weak tags, the tag {@code "0"} and tags that are not a revision. Text that is no list of
 * tags ends the list.
 */
final class EntityTags {

    private static final String WEAK = "W/";

    private final Set<Long> revisions = new TreeSet<>();

    /** Reads the values of all headers of one name, which together are one list. */
    EntityTags(List<String> headerValues) {
        headerValues.forEach(this::read);
    }

    /** Returns the tag of a revision. */
    static String of(long revision) {
        return "\"" + revision + "\"";
    }

    private void read(String list) {
        int at = 0;
        while (true) {
            while (at < list.length() && isSeparator(list, at)) {
                at++;
            }
            boolean weak = list.startsWith(WEAK, at);
            int open = weak ? at + WEAK.length() : at;
            int close = open < list.length() && list.charAt(open) == '"' ? list.indexOf('"', open + 1) : -1;
            if (close < 0 || !(isSeparator(list, close + 1) || list.charAt(close + 1) == '"')) {
                // The rest is no list of tags.
                return;
            }
            if (!weak) {
                add(list.substring(open + 1, close));
            }
            at = close + 1;
        }
    }

    /** Returns whether a tag may end before an index: at the end of the list, a comma or white space. */
    private static boolean isSeparator(String list, int at) {
        return at == list.length() || ", \t".indexOf(list.charAt(at)) >= 0;
    }

    private void add(String tag) {
        byte[] text = tag.getBytes(StandardCharsets.UTF_8);
        if (Unsigned.isUnsigned(text, 0, text.length)) {
            long revision = Unsigned.parse(text, 0, text.length);
            if (revision > 0 && revision <= RevisionsParameter.REVISION_MAX) {
                revisions.add(revision);
            }
        }
    }

    /** Returns the revisions in their order; none if no tag can match. */
    List<Long> revisions() {
        return new ArrayList<>(revisions);
    }

    /** Returns whether a tag matches a key with this revision. */
    boolean match(long revision) {
        return revisions.contains(revision);
    }
}
