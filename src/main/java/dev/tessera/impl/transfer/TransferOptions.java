package dev.tessera.impl.transfer;

import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.dataset.ReadLimits;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The options of saves and loads.
 *
 * @param path the directory of all saves; empty if none is configured
 * @param waitingMax the most saves that wait or run, and as many loads
 * @param fileBytes the size at which a save begins the next data file
 * @param limits the limits of loads
 * @param tokens creates the source of the tokens that shared sessions have under the server's secret
 * @param saves counts saves
 * @param loads counts loads
 */
public record TransferOptions(
        Optional<Path> path,
        int waitingMax,
        long fileBytes,
        ReadLimits limits,
        Supplier<TokenSource> tokens,
        TransferMetrics saves,
        TransferMetrics loads) {}
