package dev.tessera.impl.dataset;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A parser for the object {@code sh} of a session; see {@link SessionHeader}. Only its member {@code tkn} is required.
 */
final class HeaderParser {

    /** A fault of a header that is valid JSON. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message, null, false, false);
        }

        /** Returns the reason; never null. */
        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    private final JsonScanner scanner;
    private final Slice member = new Slice();
    private final Slice value = new Slice();
    private final Set<String> seen = new HashSet<>();
    private long token;
    private boolean shared;
    private byte[] name = {};
    private long durationSeconds;
    private boolean deleteSession;

    /** Creates a parser for the object at the scanner's position. */
    HeaderParser(JsonScanner scanner) {
        this.scanner = scanner;
    }

    SessionHeader parse() throws UnusableException {
        scanner.peek();
        scanner.enter();
        for (boolean first = true; scanner.member(first, member); first = false) {
            switch (once("sh." + member)) {
                case "sh.tkn" -> token = unsigned("sh.tkn");
                case "sh.shared" -> shared = flag("sh.shared");
                case "sh.name" -> name = string();
                case "sh.expiry" -> expiry();
                default -> throw unknown();
            }
        }
        require("sh.tkn");
        return new SessionHeader(token, shared, name, durationSeconds, deleteSession);
    }

    private void expiry() throws UnusableException {
        if (scanner.peek() != '{') {
            throw new UnusableException("'sh.expiry' is no object");
        }
        scanner.enter();
        for (boolean first = true; scanner.member(first, member); first = false) {
            switch (once("sh.expiry." + member)) {
                case "sh.expiry.duration" -> durationSeconds = unsigned("sh.expiry.duration");
                case "sh.expiry.deleteSession" -> deleteSession = flag("sh.expiry.deleteSession");
                default -> throw unknown();
            }
        }
        require("sh.expiry.duration");
        require("sh.expiry.deleteSession");
    }

    private String once(String path) throws UnusableException {
        if (!seen.add(path)) {
            throw new UnusableException("'" + path + "' is there twice");
        }
        return path;
    }

    private void require(String path) throws UnusableException {
        if (!seen.contains(path)) {
            throw new UnusableException("'" + path + "' is missing");
        }
    }

    private UnusableException unknown() {
        return new UnusableException("'sh' has a member '" + member + "', which is not known here");
    }

    private long unsigned(String path) throws UnusableException {
        scanner.value(value);
        if (!Unsigned.isUnsigned(value.array(), value.from(), value.to())) {
            throw new UnusableException("'" + path + "' is no integer of 0 to 18446744073709551615");
        }
        return Unsigned.parse(value.array(), value.from(), value.to());
    }

    private boolean flag(String path) throws UnusableException {
        byte first = scanner.peek();
        scanner.skipValue();
        if (first != 't' && first != 'f') {
            throw new UnusableException("'" + path + "' is neither true nor false");
        }
        return first == 't';
    }

    private byte[] string() throws UnusableException {
        if (scanner.peek() != '"') {
            throw new UnusableException("'sh.name' is no string");
        }
        scanner.string(value);
        return value.copy();
    }
}
