/** The commands on sessions, {@code SH_}: one class each. They see the partitions of one owner. */
package dev.tessera.impl.command.sh;
