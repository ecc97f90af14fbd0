/**
 * The commands on keys, {@code KV_}: one class each. Stores execute them on the key space of one session, or on the
 * global key space. They know nothing of partitions' owners, of transports and of the journal.
 */
@NullMarked
package dev.tessera.impl.command.kv;

import org.jspecify.annotations.NullMarked;
