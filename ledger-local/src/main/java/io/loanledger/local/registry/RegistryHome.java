package io.loanledger.local.registry;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Apicurio's files lie: the folder that the build unpacks it into ({@code ledger-local/target/apicurio}, beside this class's
 * own classes or jar), unless the system property {@value #PROPERTY} names another.
 */
public record RegistryHome(Path folder) {

    /** Names a folder with Apicurio's {@code quarkus-run.jar}. */
    public static final String PROPERTY = "ledger.registry.home";

    private static final String JAR = "quarkus-run.jar";

    public RegistryHome {
        if (!Files.isRegularFile(folder.resolve(JAR))) {
            throw new IllegalStateException("no schema registry in " + folder
                    + ": build ledger-local, which unpacks it, or name its folder with -D" + PROPERTY);
        }
    }

    /**
     * The registry's files of this build, or those the property names.
     *
     * @throws IllegalStateException when they are not there; the message says what to do
     */
    public static RegistryHome find() {
        String named = System.getProperty(PROPERTY);
        return new RegistryHome(named != null ? Path.of(named) : ownLocation().resolveSibling("apicurio"));
    }

    /** The class path of the child: its main class from here, everything else from Apicurio's runner jar. */
    String classPath() {
        return ownLocation() + File.pathSeparator + folder.resolve(JAR).toAbsolutePath();
    }

    private static Path ownLocation() {
        try {
            return Path.of(RegistryHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
