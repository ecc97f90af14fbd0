package dev.tessera.impl.cluster.view;

/**
 * The rules of the model, each of which a mutation can switch off. The invariants must notice that.
 *
 * @param lease an owner executes only while enough others answer in its view
 * @param confirmation a reply waits for all copies in sync and for enough members
 * @param grace a new owner waits until the lease of the old one is over
 * @param wholeSnapshot a copy is in sync only after a whole snapshot, for which the owner waits
 */
record Rules(boolean lease, boolean confirmation, boolean grace, boolean wholeSnapshot) {

    static final Rules ALL = new Rules(true, true, true, true);
}
