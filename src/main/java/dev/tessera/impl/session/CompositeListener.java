package dev.tessera.impl.session;

/** Tells two listeners, one after the other. */
record CompositeListener(ChangeListener first, ChangeListener second) implements ChangeListener {

    @Override
    public void created(Session session) {
        first.created(session);
        second.created(session);
    }

    @Override
    public void adopted(Session session) {
        first.adopted(session);
        second.adopted(session);
    }

    @Override
    public void set(Session session, byte[] keyRecord) {
        first.set(session, keyRecord);
        second.set(session, keyRecord);
    }

    @Override
    public void updated(Session session, byte[] keyRecord) {
        first.updated(session, keyRecord);
        second.updated(session, keyRecord);
    }

    @Override
    public void removed(Session session, byte[] keyRecord) {
        first.removed(session, keyRecord);
        second.removed(session, keyRecord);
    }

    @Override
    public void cleared(Session session) {
        first.cleared(session);
        second.cleared(session);
    }

    @Override
    public void ended(Session session) {
        first.ended(session);
        second.ended(session);
    }

    @Override
    public void expired(Session session) {
        first.expired(session);
        second.expired(session);
    }

    @Override
    public void applied(Session session) {
        first.applied(session);
        second.applied(session);
    }
}
