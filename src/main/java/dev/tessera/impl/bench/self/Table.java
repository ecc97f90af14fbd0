package dev.tessera.impl.bench.self;

import java.util.Locale;

/** The tables of the benchmark. */
public enum Table {

    /** Small values by pipeline depth, compared with echo and Redis. */
    MATRIX(MatrixTable::make),
    /** Two event loops, compared with one. */
    LOOPS(LoopsTable::make),
    /** Many connections, compared with few. */
    CONNECTIONS(ConnectionsTable::make),
    /** Latency with many live keys. */
    KEYS(KeysTable::make),
    /** Large values, compared with echo. */
    VALUES(ValuesTable::make),
    /** Commands that change a value in place, with a condition or in a batch, compared with {@code KV_SET}. */
    CHANGES(ChangesTable::make),
    /** The throughput with each policy of the journal, and the speed of its replay. */
    JOURNAL(JournalTable::make),
    /** One and two nodes of a cluster, compared with a server alone. */
    CLUSTER(ClusterTable::make);

    /** A function that measures and returns a table as Markdown. */
    private interface Maker {
        String make(Runs runs) throws InterruptedException;
    }

    private final Maker maker;

    Table(Maker maker) {
        this.maker = maker;
    }

    String make(Runs runs) throws InterruptedException {
        return maker.make(runs);
    }

    /** Returns the name as a user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
