package dev.tessera.impl.cluster.view;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A view of a cluster with one partition.
 *
 * @param number the number of the view
 * @param members the numbers of its members
 * @param owner the owner of the partition; null if no member has its data
 * @param inSync the copies that have every acknowledged change, without the owner
 */
record ModelView(
        long number, Set<Integer> members, @Nullable Integer owner, Set<Integer> inSync) {

    /** Returns the next view, without a member that is not the owner. */
    ModelView without(int member) {
        return new ModelView(number + 1, left(members, member), owner, left(inSync, member));
    }

    /** Returns the next view, without the owner; a copy in sync takes its place. */
    ModelView withHeir(int heir) {
        Set<Integer> left = owner == null ? members : left(members, owner);
        return new ModelView(number + 1, left, heir, left(inSync, heir));
    }

    private static Set<Integer> left(Set<Integer> all, int one) {
        Set<Integer> left = new TreeSet<>(all);
        left.remove(one);
        return left;
    }

    /** Returns the next view, with a member that is no copy yet. */
    ModelView with(int member) {
        Set<Integer> more = new TreeSet<>(members);
        more.add(member);
        return new ModelView(number + 1, more, owner, inSync);
    }

    /** Returns the next view, with one more copy in sync. */
    ModelView withCopy(int member) {
        Set<Integer> copies = new TreeSet<>(inSync);
        copies.add(member);
        return new ModelView(number + 1, members, owner, copies);
    }

    boolean isOwner(int node) {
        return owner != null && owner == node && members.contains(node);
    }
}
