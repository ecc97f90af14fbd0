package dev.tessera.soak;

import java.util.StringJoiner;

/** A writer of the expected answer to a command. */
final class Reply {

    /** Stands in an expected answer for text that the model does not know. */
    static final String ANY = "\uE000";

    private final StringJoiner members;

    private Reply(String name) {
        members = new StringJoiner(",", "{\"" + name + "_RSP\":{", "}}");
    }

    /** Begins an answer without a token. */
    static Reply of(String name) {
        return new Reply(name);
    }

    /** Begins an answer with the token of the session, if there are sessions. */
    static Reply of(String name, ModelSession session) {
        return session.token() == null ? of(name) : of(name).add("tkn", session.token());
    }

    /** Returns a refusal with any message. */
    static String fault(String name, int status, ModelSession session) {
        Reply reply = of(name).add("st", status);
        if (!session.isGlobal()) {
            reply.add("tkn", session.token());
        }
        return reply.add("m", "\"" + ANY + "\"").text();
    }

    Reply add(String member, Object json) {
        members.add("\"" + member + "\":" + json);
        return this;
    }

    String text() {
        return members.toString();
    }
}
