package dev.tessera.impl.session;

/**
 * Hears of every change to the sessions of a partition as it is applied, whatever the cause: a command, the end of a
 * session's time, or the loading of a save. What reproduces these calls in their order reproduces the sessions.
 *
 * <p>Changes to keys come one by one; {@link #applied} closes those of one command. What changed nothing is not told:
 * the clearing of an empty session, or the end of the duration of a session that was empty and stays.
 *
 * <p>Where sessions are switched off, the keys are everybody's: then the session is null, there are only changes to
 * keys and {@link #applied}, and a clear comes as the removal of each key.
 *
 * <p>A key record (see {@link KeyRecord}) is immutable and may be kept. A listener must not throw, and must not change
 * the session. Thread: the owner of the partition.
 */
public interface ChangeListener {

    /**
     * Lets two listeners hear of the same partition, the first of them first.
     *
     * @param second null where there is none
     */
    static ChangeListener both(ChangeListener first, ChangeListener second) {
        return second == null ? first : new CompositeListener(first, second);
    }

    /** A session was made; it has no keys yet. */
    void created(Session session);

    /**
     * A session has come with all its keys, as those of a save do. Told as the session and its keys one by one where
     * nothing else is said here.
     */
    default void adopted(Session session) {
        created(session);
        session.keys().forEach(keyRecord -> set(session, keyRecord));
    }

    /** A key was stored that was not there. */
    void set(Session session, byte[] keyRecord);

    /** A key that was there has a new value, perhaps an equal one. */
    void updated(Session session, byte[] keyRecord);

    /** A key was removed; the record is the one that it had. */
    void removed(Session session, byte[] keyRecord);

    /** All keys were removed, and there was at least one. */
    void cleared(Session session);

    /** The session was ended on request, and its keys with it. The listener hears no more of it. */
    void ended(Session session);

    /**
     * The session's time is over: it is gone if it is to be deleted then; otherwise it stays, and its keys are gone.
     */
    void expired(Session session);

    /** A command has used the session, and the changes that were told since then are all that it made, none perhaps. */
    void applied(Session session);
}
