package dev.tessera.impl.bench.self;

import java.util.Locale;

/** The tables that can be made. */
public enum Table {

    /** Small values: depth of pipeline, against echo and Redis. */
    MATRIX(MatrixTable::make),
    /** Two event loops against one. */
    LOOPS(LoopsTable::make),
    /** Many connections against few. */
    CONNECTIONS(ConnectionsTable::make),
    /** Latency with many live keys. */
    KEYS(KeysTable::make),
    /** Large values, against echo. */
    VALUES(ValuesTable::make),
    /** What each policy of the journal keeps of the throughput, and how fast it is replayed. */
    JOURNAL(JournalTable::make),
    /** One and two nodes of a cluster, against a server alone. */
    CLUSTER(ClusterTable::make);

    /** Makes a table as Markdown. */
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

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
