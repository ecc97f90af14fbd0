package dev.tessera.impl.journal;

/**
 * How large the log is.
 *
 * @param logBytes what would be replayed at a start
 * @param imageBytes what all sessions took when they were last written anew; 0 before the first time
 * @param segments how many files it has, those that are to be deleted included
 */
record LogSize(long logBytes, long imageBytes, int segments) {}
