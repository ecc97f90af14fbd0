package dev.tessera.cli;

import dev.tessera.Version;
import picocli.CommandLine.IVersionProvider;

/** Returns the text for {@code --version}. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"tessera " + Version.current()};
    }
}
