package dev.tessera.testing;

import java.nio.file.Path;

/** Mounts small file systems in memory, which takes the rights of {@link Tool#MOUNT}. */
public final class Mounts {

    private Mounts() {}

    /** Mounts an empty file system of 8 MiB on an empty directory. Returns whether this process may do so. */
    public static boolean mount(Path directory) {
        return asRoot("mount", "-t", "tmpfs", "-o", "size=8m,mode=777", "tmpfs", directory.toString());
    }

    /** Unmounts it. Returns whether that worked. */
    public static boolean unmount(Path directory) {
        return asRoot("umount", directory.toString());
    }

    private static boolean asRoot(String... command) {
        if (Tool.runs(command)) {
            return true;
        }
        String[] withSudo = new String[command.length + 2];
        withSudo[0] = "sudo";
        withSudo[1] = "-n";
        System.arraycopy(command, 0, withSudo, 2, command.length);
        return Tool.runs(withSudo);
    }
}
