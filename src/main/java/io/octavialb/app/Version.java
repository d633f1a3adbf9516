package io.octavialb.app;

import picocli.CommandLine.IVersionProvider;

/** The program's version, from the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"octavia-lb " + orElse("(not packaged)")};
    }

    static String orElse(String notPackaged) {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? notPackaged : version;
    }
}
