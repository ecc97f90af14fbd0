package dev.tessera.impl.command.transfer;

/** How many sessions began, and how many keys stand, in one piece of an export. */
final class ExportCounts {

    int sessions;
    long keys;
}
