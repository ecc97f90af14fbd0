package dev.tessera.impl.journal;

import java.util.List;
import java.util.Set;

/**
 * What {@link Recovery} found, and a {@link Journal} goes on from.
 *
 * @param journal which journal it is
 * @param segments numbers of the segments that are on disk, in ascending order
 * @param base number of the segment with which the next replay begins; 0 where there is none yet
 * @param nextSequence sequence of the next frame
 * @param logBytes bytes of the log, from the base on
 * @param imageBytes how many of them the last image took
 * @param records payloads that were replayed
 * @param cutBytes bytes of the newest segment that a crash had left unfinished, and that were cut off
 * @param damages what a repair left out, a line for each; then the log must be written anew
 * @param damaged segments in which that is, and which are to be put aside
 */
public record Recovered(
        long journal,
        List<Long> segments,
        long base,
        long nextSequence,
        long logBytes,
        long imageBytes,
        long records,
        long cutBytes,
        List<String> damages,
        Set<Long> damaged) {}
