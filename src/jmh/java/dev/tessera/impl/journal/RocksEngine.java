package dev.tessera.impl.journal;

import dev.tessera.impl.json.Bytes;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with its defaults. Its key is the token followed by our key. Each batch syncs its log, or another thread does
 * so once a second.
 */
final class RocksEngine implements Engine {

    private static final int TOKEN_BYTES = 8;
    private static final int ORDER_BYTES = 8;

    private final Options options = new Options().setCreateIfMissing(true);
    private RocksDB database;
    private WriteOptions written;
    private Thread syncer;
    private volatile boolean isClosing;

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public void open(Path directory, JournalOptions.Policy policy) throws Exception {
        database = RocksDB.open(options, directory.toString());
        written = new WriteOptions().setSync(policy == JournalOptions.Policy.ALWAYS);
        isClosing = false;
        syncer = new Thread(this::syncEverySecond, "rocks-sync");
        if (policy == JournalOptions.Policy.EVERYSEC) {
            syncer.start();
        }
    }

    private void syncEverySecond() {
        while (!isClosing) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            try {
                database.syncWal();
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void write(long from, int count) throws Exception {
        byte[] key = new byte[TOKEN_BYTES + Changes.KEY_BYTES];
        byte[] value = new byte[ORDER_BYTES + Changes.value().length];
        System.arraycopy(Changes.value(), 0, value, ORDER_BYTES, Changes.value().length);
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < count; i++) {
                Bytes.putLong(key, 0, Changes.token(from + i));
                Changes.key(from + i, key, TOKEN_BYTES);
                // The journal keeps the keys of a session in insertion order, so the value contains the order here.
                Bytes.putLong(value, 0, from + i);
                batch.put(key, value);
            }
            database.write(written, batch);
        }
    }

    @Override
    public void close() throws Exception {
        isClosing = true;
        LockSupport.unpark(syncer);
        syncer.join();
        database.syncWal();
        written.close();
        database.close();
    }

    @Override
    public long recover(Path directory) throws Exception {
        Changes.Memory memory = new Changes.Memory();
        try (RocksDB opened = RocksDB.open(options, directory.toString());
                RocksIterator all = opened.newIterator()) {
            byte[] both = new byte[Changes.KEY_BYTES + Changes.value().length];
            for (all.seekToFirst(); all.isValid(); all.next()) {
                byte[] key = all.key();
                System.arraycopy(key, TOKEN_BYTES, both, 0, Changes.KEY_BYTES);
                System.arraycopy(all.value(), ORDER_BYTES, both, Changes.KEY_BYTES, Changes.value().length);
                memory.put(Bytes.longAt(key, 0), both, 0, Changes.KEY_BYTES, both.length);
            }
            all.status();
        }
        return memory.keys();
    }
}
