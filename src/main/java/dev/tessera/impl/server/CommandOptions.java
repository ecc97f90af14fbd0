package dev.tessera.impl.server;

import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.EntryLimits;
import java.util.List;

/**
 * The options of commands.
 *
 * @param disabled the names of the commands that the server refuses
 * @param sessions whether keys belong to sessions
 * @param saves whether clients may save
 * @param strictPaths whether {@code .length} of an array or string selects nothing, as in RFC 9535
 * @param cachedPaths how many compiled paths stay in memory
 * @param search the limits of searches and updates
 * @param batchedCommands the most commands of a batch
 * @param entries the limits of one key and its value
 */
public record CommandOptions(
        List<String> disabled,
        boolean sessions,
        boolean saves,
        boolean strictPaths,
        int cachedPaths,
        SearchLimits search,
        int batchedCommands,
        EntryLimits entries) {}
