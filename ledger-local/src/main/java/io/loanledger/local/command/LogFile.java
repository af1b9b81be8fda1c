package io.loanledger.local.command;

import java.nio.file.Path;

/** Says where the log goes; it works only before the first logger of the process is made. */
final class LogFile {

    private static final String PROPERTY = "ledger.log.file";

    private LogFile() {}

    static void use(Path file) {
        System.setProperty(PROPERTY, file.toString());
    }
}
