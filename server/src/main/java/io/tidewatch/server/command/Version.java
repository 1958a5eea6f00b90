package io.tidewatch.server.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} shows. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "tidewatch " + (version == null ? "(built from sources)" : version),
            "Java " + Runtime.version()
        };
    }
}
