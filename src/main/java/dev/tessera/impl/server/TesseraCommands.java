package dev.tessera.impl.server;

import dev.tessera.config.ConfigurationException;
import dev.tessera.config.Origin;
import dev.tessera.config.Settings;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.kv.KvAdd;
import dev.tessera.impl.command.kv.KvAddQ;
import dev.tessera.impl.command.kv.KvAppend;
import dev.tessera.impl.command.kv.KvBatch;
import dev.tessera.impl.command.kv.KvClear;
import dev.tessera.impl.command.kv.KvClearSet;
import dev.tessera.impl.command.kv.KvContains;
import dev.tessera.impl.command.kv.KvCount;
import dev.tessera.impl.command.kv.KvExpire;
import dev.tessera.impl.command.kv.KvFind;
import dev.tessera.impl.command.kv.KvGet;
import dev.tessera.impl.command.kv.KvIncr;
import dev.tessera.impl.command.kv.KvKeys;
import dev.tessera.impl.command.kv.KvList;
import dev.tessera.impl.command.kv.KvMerge;
import dev.tessera.impl.command.kv.KvPatch;
import dev.tessera.impl.command.kv.KvRmv;
import dev.tessera.impl.command.kv.KvSet;
import dev.tessera.impl.command.kv.KvSetQ;
import dev.tessera.impl.command.kv.KvTtl;
import dev.tessera.impl.command.kv.KvUpdate;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.command.sh.ShEnd;
import dev.tessera.impl.command.sh.ShEndAll;
import dev.tessera.impl.command.sh.ShExists;
import dev.tessera.impl.command.sh.ShExpire;
import dev.tessera.impl.command.sh.ShInfo;
import dev.tessera.impl.command.sh.ShInfoAll;
import dev.tessera.impl.command.sh.ShLoad;
import dev.tessera.impl.command.sh.ShNew;
import dev.tessera.impl.command.sh.ShOpen;
import dev.tessera.impl.command.sh.ShSave;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.JsonPathOptions;
import java.util.ArrayList;
import java.util.List;

/** The registry of commands: a new command is registered in {@link #all}, and nowhere else. */
public final class TesseraCommands {

    private static final Command SH_SAVE = new ShSave();

    private TesseraCommands() {}

    /**
     * Creates the commands of a server, in the order of the docs.
     *
     * @throws ConfigurationException if the options disable an unknown command
     */
    public static Commands of(CommandOptions options) {
        List<Command> all = all(
                new JsonPathCache(
                        new JsonPathOptions(options.strictPaths(), JsonPathOptions.DEFAULT_LENGTH_MAX),
                        options.cachedPaths()),
                options.search(),
                options.batchedCommands(),
                options.entries());
        try {
            List<String> disabled = new ArrayList<>(options.disabled());
            if (!options.saves()) {
                disabled.add(SH_SAVE.name());
            }
            return options.sessions() ? Commands.of(all, disabled) : Commands.withoutSessions(all, disabled);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(Origin.CODE, Settings.COMMANDS_DISABLED.path() + ": " + e.getMessage());
        }
    }

    /** Returns all commands that exist, in the order of the docs. */
    public static List<Command> all(
            JsonPathCache paths, SearchLimits search, int batchedCommands, EntryLimits entries) {
        return List.of(
                new ShNew(),
                new ShOpen(),
                new ShEnd(),
                new ShEndAll(),
                new ShExpire(),
                new ShExists(),
                new ShInfo(),
                new ShInfoAll(),
                SH_SAVE,
                new ShLoad(),
                new KvSet(entries),
                new KvSetQ(entries),
                new KvAdd(entries),
                new KvAddQ(entries),
                new KvGet(),
                new KvContains(),
                new KvRmv(),
                new KvClear(),
                new KvClearSet(entries),
                new KvCount(),
                new KvKeys(),
                new KvList(search),
                new KvFind(paths, search),
                new KvUpdate(paths, search),
                new KvMerge(search, entries),
                new KvPatch(search),
                new KvIncr(paths, search, entries),
                new KvAppend(paths, search, entries),
                new KvTtl(),
                new KvExpire(),
                new KvBatch(batchedCommands, search));
    }
}
