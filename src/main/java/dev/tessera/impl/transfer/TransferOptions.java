package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.ReadLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How sessions are saved and loaded.
 *
 * @param path what holds all saves; empty where none is configured
 * @param fileBytes how large a data file grows before the next one is begun
 * @param limits what is read
 * @param saves counts saves
 * @param loads counts loads
 */
public record TransferOptions(
        Optional<Path> path, long fileBytes, ReadLimits limits, TransferMetrics saves, TransferMetrics loads) {}
