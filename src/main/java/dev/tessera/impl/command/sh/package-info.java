/**
 * The commands on sessions, {@code SH_}: one class each. Stores execute them on the partitions of one owner; the server
 * process executes saves and loads. They know nothing of transports and of the journal.
 */
@NullMarked
package dev.tessera.impl.command.sh;

import org.jspecify.annotations.NullMarked;
