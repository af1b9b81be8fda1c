package io.loanledger.streams.task;

import java.nio.charset.StandardCharsets;

/**
 * Under which id the journal speaks of a partition itself, where a record that belongs to no loan was set aside: a subject that is
 * no loan, stays UNKNOWN for ever and lives in its partition like any id ({@link KeyHome}). No producer may use such a key.
 */
final class PartitionSubject {
    /** Reserved: no loan's id begins so. */
    static final String PREFIX = "$partition/";

    private PartitionSubject() {}

    /** The first id of the form {@code $partition/P/N} that lives in partition P. */
    static String of(int partition, KeyHome home) {
        int number = 0;
        while (true) {
            String id = PREFIX + partition + "/" + number;
            if (home.of(id.getBytes(StandardCharsets.UTF_8)) == partition) {
                return id;
            }
            number++;
        }
    }
}
