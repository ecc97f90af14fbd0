package dev.tessera.impl.journal.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A directory in memory that loses unforced writes with the power, as a disk may: none of them survive, or the first
 * ones, or any sectors. The same applies to creations, renames and deletions. It can also run full, and fail or lose
 * power at a chosen call. Thread-safe.
 */
public final class UnreliableDisk implements JournalFiles {

    /** Which unforced writes survive a power loss. */
    public enum Survival {
        /** None. */
        NOTHING,
        /** The first ones; the last of them perhaps in part. */
        FIRST,
        /** Any sectors, and any changes to the directory. */
        ANY,
        /** All. */
        ALL
    }

    /** The fault at the chosen call. */
    public enum Fault {
        /** The call fails; a write is done in part. Data of a failed force is never forced later. */
        FAILURE,
        /** The power fails: the call is not done, or a write in part, and all later calls fail. */
        POWER_LOSS,
        /** The call finds no space. */
        NO_SPACE
    }

    private record Change(String removed, String added, UnreliableFile file) {

        void apply(Map<String, UnreliableFile> names) {
            if (removed != null) {
                names.remove(removed);
            }
            if (added != null) {
                names.put(added, file);
            }
        }
    }

    private final Random random;
    private final Map<String, UnreliableFile> names = new LinkedHashMap<>();
    private final Map<String, UnreliableFile> syncedNames = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long capacity = Long.MAX_VALUE;
    private long calls;
    private final Map<Long, Fault> faults = new HashMap<>();
    private Fault forceFault;
    private boolean isOff;
    private String faultyCall = "none";

    /** Creates an empty disk. */
    public UnreliableDisk(Random random) {
        this.random = random;
    }

    /** Sets the call that has a fault; the next call is 1. */
    public synchronized void failAt(long call, Fault what) {
        faults.put(calls + call, what);
    }

    /** Lets the next force of a file have a fault; calls before it succeed. */
    public synchronized void failAtForce(Fault what) {
        forceFault = what;
    }

    /** Limits the total size of all files, in bytes. */
    public synchronized void limit(long bytes) {
        capacity = bytes;
    }

    /** Returns the number of calls that changed something. */
    public synchronized long calls() {
        return calls;
    }

    /** Returns the call that had the fault. */
    public synchronized String faultyCall() {
        return faultyCall;
    }

    /** Returns the total size of all files in bytes. */
    public synchronized long bytes() {
        long bytes = 0;
        for (UnreliableFile file : names.values()) {
            bytes += file.bytes();
        }
        return bytes;
    }

    /** Returns the disk that another process finds after a power loss. */
    public synchronized UnreliableDisk afterPowerLoss(Survival survival) {
        UnreliableDisk disk = new UnreliableDisk(random);
        Map<UnreliableFile, UnreliableFile> files = new LinkedHashMap<>();
        Map<String, UnreliableFile> left = new LinkedHashMap<>(syncedNames);
        int first = random.nextInt(changes.size() + 1);
        for (int i = 0; i < changes.size(); i++) {
            boolean survives = switch (survival) {
                case NOTHING -> false;
                case FIRST -> i < first;
                case ANY -> random.nextBoolean();
                case ALL -> true;
            };
            if (survives) {
                changes.get(i).apply(left);
            }
        }
        left.forEach((name, file) ->
                disk.names.put(name, files.computeIfAbsent(file, f -> f.afterPowerLoss(disk, survival, random))));
        disk.syncedNames.putAll(disk.names);
        return disk;
    }

    /**
     * Returns the disk that another process finds after this one is killed. Unforced data can still be lost with the
     * power.
     */
    public synchronized UnreliableDisk afterKill() {
        UnreliableDisk disk = new UnreliableDisk(random);
        Map<UnreliableFile, UnreliableFile> files = new LinkedHashMap<>();
        names.forEach((name, file) -> disk.names.put(name, files.computeIfAbsent(file, f -> f.afterKill(disk))));
        syncedNames.forEach(
                (name, file) -> disk.syncedNames.put(name, files.computeIfAbsent(file, f -> f.afterKill(disk))));
        for (Change change : changes) {
            disk.changes.add(new Change(
                    change.removed,
                    change.added,
                    change.file == null ? null : files.computeIfAbsent(change.file, f -> f.afterKill(disk))));
        }
        return disk;
    }

    /** Returns the content of a file. */
    public synchronized byte[] read(String name) {
        return names.get(name).content();
    }

    /** Creates a file on disk, or replaces its content. */
    public synchronized void write(String name, byte[] content) {
        UnreliableFile file = new UnreliableFile(this, name, content);
        names.put(name, file);
        syncedNames.put(name, file);
    }

    /** Counts a call, and throws if it has the fault. */
    void call(String what) throws IOException {
        checkPower();
        calls++;
        Fault fault = faults.get(calls);
        if (fault == null && what.startsWith(UnreliableFile.FORCE)) {
            fault = forceFault;
            forceFault = null;
        }
        if (fault != null) {
            faultyCall = what;
            isOff = fault == Fault.POWER_LOSS;
            throw fault == Fault.NO_SPACE
                    ? new NoSpaceException(new IOException("no space, at " + what))
                    : new IOException("fault at " + what);
        }
    }

    void checkPower() throws IOException {
        if (isOff) {
            throw new IOException("the power is off");
        }
    }

    /** Returns whether the power is off. */
    public synchronized boolean isOff() {
        return isOff;
    }

    /** Takes space for the growth of a file. A file that does not grow needs none, even on a full disk. */
    void grow(long bytes) throws IOException {
        if (bytes > 0 && bytes() + bytes > capacity) {
            throw new NoSpaceException(new IOException("no space for " + bytes + " bytes"));
        }
    }

    Random random() {
        return random;
    }

    @Override
    public synchronized List<String> list() throws IOException {
        return List.copyOf(names.keySet());
    }

    @Override
    public synchronized JournalFile create(String name) throws IOException {
        call("create " + name);
        UnreliableFile file = names.get(name);
        if (file == null) {
            file = new UnreliableFile(this, name, new byte[0]);
            change(new Change(null, name, file));
        } else {
            file.empty();
        }
        return file;
    }

    @Override
    public synchronized JournalFile open(String name) throws IOException {
        UnreliableFile file = names.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        call("rename " + from);
        if (!names.containsKey(from)) {
            throw new NoSuchFileException(from);
        }
        change(new Change(from, to, names.get(from)));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        call("delete " + name);
        if (names.containsKey(name)) {
            change(new Change(name, null, null));
        }
    }

    /** Removes all files, as somebody else may do. */
    public synchronized void removeAll() {
        names.clear();
        syncedNames.clear();
        changes.clear();
    }

    /** Removes a file, as somebody else may do. */
    public synchronized void remove(String name) {
        names.remove(name);
        syncedNames.remove(name);
    }

    @Override
    public synchronized boolean exists(String name) {
        return names.containsKey(name);
    }

    @Override
    public synchronized boolean leadsTo(String name, JournalFile file) {
        return names.get(name) == file;
    }

    @Override
    public void restore() {
        // The directory itself cannot be removed.
    }

    private void change(Change change) {
        change.apply(names);
        changes.add(change);
    }

    @Override
    public synchronized void syncDirectory() throws IOException {
        call("sync of the directory");
        changes.clear();
        syncedNames.clear();
        syncedNames.putAll(names);
    }
}
