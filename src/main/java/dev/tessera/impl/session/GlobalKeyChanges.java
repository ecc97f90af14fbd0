package dev.tessera.impl.session;

/**
 * Tells the listener of a partition what becomes of the keys of everybody. Each partition has only some of them, so
 * that all of one partition are not all, and a clear is told as the removal of each.
 */
record GlobalKeyChanges(ChangeListener listener) implements KeyListener {

    @Override
    public void set(byte[] keyRecord) {
        listener.set(null, keyRecord);
    }

    @Override
    public void updated(byte[] keyRecord) {
        listener.updated(null, keyRecord);
    }

    @Override
    public void removed(byte[] keyRecord) {
        listener.removed(null, keyRecord);
    }

    @Override
    public void cleared(byte[][] keyRecords) {
        for (byte[] keyRecord : keyRecords) {
            if (keyRecord != null) {
                listener.removed(null, keyRecord);
            }
        }
    }
}
