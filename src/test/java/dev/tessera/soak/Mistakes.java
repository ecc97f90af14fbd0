package dev.tessera.soak;

/** A source of commands that the server must refuse without a change. */
final class Mistakes {

    private final Draw draw;

    Mistakes(Draw draw) {
        this.draw = draw;
    }

    /** Returns a wrong command, on the session if the command needs one. */
    Step next(ModelSession session) {
        return switch (draw.below(14)) {
            case 0 -> wrong("KV_SOT", 10, session, "");
            case 1 -> wrong("KV_SET", 42, session, "\"keys\":{}");
            case 2 -> wrong("KV_SETQ", 41, session, "\"keys\":[1]");
            case 3 -> wrong("KV_ADDQ", 42, session, "\"keys\":{}");
            case 4 -> wrong("KV_RMV", 42, session, "\"keys\":[]");
            case 5 -> wrong("KV_GET", 26, session, "\"key\":\"a\"");
            case 6 -> wrong("KV_FIND", 13, session, """
                    "rsp":"all","path":"$\"""");
            case 7 -> wrong("KV_FIND", 4, session, """
                    "rsp":"kv","path":"$[\"""");
            case 8 -> wrong("KV_UPDATE", 4, session, """
                    "key":"a","path":"a","value":1""");
            case 9 -> withoutToken("KV_COUNT", 12, session, "{\"KV_COUNT\":[]}");
            case 10 ->
                session.isGlobal()
                        ? withoutToken("SH_INFO_ALL", 14, session, "{\"SH_INFO_ALL\":{}}")
                        : withoutToken("KV_KEYS", 101, session, """
                                {"KV_KEYS":{"tkn":"%s"}}""".formatted(session.token()));
            case 11 -> error(3, """
                    {"KV_CLEAR":{"tkn":%s}""".formatted(session.token()), "");
            case 12 -> error(13, "{}", "NONE");
            default -> error(11, """
                    {"KV_CLEAR":{"tkn":%s},"KV_COUNT":{}}""".formatted(session.token()), "TWO");
        };
    }

    private static Step wrong(String name, int status, ModelSession session, String parameters) {
        return Step.of(
                name, session, KeyCommands.command(name, session, parameters), Reply.fault(name, status, session));
    }

    private static Step withoutToken(String name, int status, ModelSession session, String command) {
        Reply reply = Reply.of(name).add("st", status);
        if (!session.isGlobal()) {
            reply.add("tkn", null);
        }
        return Step.of(
                name, session, command, reply.add("m", "\"" + Reply.ANY + "\"").text());
    }

    private static Step error(int status, String command, String name) {
        return Step.of(name, null, command, """
                {"ERR":{"st":%s,"m":"%s"}}""".formatted(status, Reply.ANY));
    }
}
