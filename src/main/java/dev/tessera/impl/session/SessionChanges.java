package dev.tessera.impl.session;

/** Tells the listener of a partition whose keys have changed. */
record SessionChanges(Session session, ChangeListener listener) implements KeyListener {

    @Override
    public void set(byte[] keyRecord) {
        listener.set(session, keyRecord);
    }

    @Override
    public void updated(byte[] keyRecord) {
        listener.updated(session, keyRecord);
    }

    @Override
    public void removed(byte[] keyRecord) {
        listener.removed(session, keyRecord);
    }

    @Override
    public void cleared(byte[][] keyRecords) {
        listener.cleared(session);
    }
}
