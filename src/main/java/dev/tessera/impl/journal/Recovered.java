package dev.tessera.impl.journal;

import java.util.List;
import java.util.Set;

/**
 * The result of a {@link Recovery}, from which a {@link Journal} continues.
 *
 * @param journal the identity of the journal
 * @param segments the numbers of the segments on disk, in ascending order
 * @param base the number of the segment with which the next replay begins; 0 if there is none yet
 * @param nextSequence the sequence of the next frame
 * @param logBytes the bytes of the log, beginning with the base
 * @param snapshotBytes how many of them the last snapshot took
 * @param records replayed payloads
 * @param cutBytes unfinished bytes after a crash that the recovery cut off from the newest segment
 * @param damages what a repair left out, one line each; if there are any, the log must be rewritten
 * @param damaged the numbers of the damaged segments, which the rewrite renames
 */
public record Recovered(
        long journal,
        List<Long> segments,
        long base,
        long nextSequence,
        long logBytes,
        long snapshotBytes,
        long records,
        long cutBytes,
        List<String> damages,
        Set<Long> damaged) {}
