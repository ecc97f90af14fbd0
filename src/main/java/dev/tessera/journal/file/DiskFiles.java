package dev.tessera.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The files of a directory on disk. */
public final class DiskFiles implements JournalFiles {

  private final Path directory;
  private final FileStore store;

  /** Of a directory, which is made for this user alone where there is none: whoever can read a token can use its session. */
  public DiskFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (directory.toAbsolutePath().getParent() != null) {
      sync(directory.toAbsolutePath().getParent());
    }
    store = Files.getFileStore(directory);
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public JournalFile create(String name) throws IOException {
    return new DiskFile(FileChannel.open(directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ, StandardOpenOption.WRITE), store);
  }

  @Override
  public JournalFile open(String name) throws IOException {
    return new DiskFile(FileChannel.open(directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE), store);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  @Override
  public void syncDirectory() throws IOException {
    sync(directory);
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
