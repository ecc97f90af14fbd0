package dev.tessera.impl.transfer;

/** The texts of {@code m} for saves and loads that the state of the server refuses or ends. */
final class TransferMessages {

    /** The save or load ends with the server. */
    static final String STOPPING = "the server is stopping";

    /** The save or load ends with its client. */
    static final String CLIENT_GONE = "the client that asked for it has left";

    /** More saves or loads wait than {@code save.maxWaiting} allows. */
    static final String TOO_MANY_WAITING = "too many saves or loads are waiting; try again";

    static final String NO_DIRECTORY = "the server has no directory of saves; set save.path";

    /** A partition has refused without a reason. */
    static final String REFUSED = "a partition has refused";

    static final String ANSWER_LOST = "the answer of a partition was lost; the log has the cause";

    private TransferMessages() {}

    /** A partition does not answer. */
    static String silent(int seconds) {
        return "a partition has not answered for " + seconds + " s";
    }

    /** The operating system has no directories of this name. */
    static String unusableName(String reason) {
        return "parameter 'name' cannot be a directory name here: " + reason;
    }
}
