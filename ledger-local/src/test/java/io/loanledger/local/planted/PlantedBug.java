package io.loanledger.local.planted;

import java.util.List;

/**
 * A fault in one file, as the smallest change that brings it in, and the tests of which at least one has to fail then.
 *
 * @param title what the faulty software would do
 * @param module the Maven module of the file and of its tests
 * @param source the changed class, by its full name
 * @param right text that stands exactly once in the file
 * @param wrong what is planted in its place
 * @param tests full names of test classes, in {@code testModule}
 * @param testModule the module whose tests are to find it; often the same as {@code module}
 */
record PlantedBug(
        Kind kind,
        String title,
        String module,
        String source,
        String right,
        String wrong,
        String testModule,
        List<String> tests) {

    /** Where the fault lies. */
    enum Kind {
        PROTOCOL,
        CLOCKS,
        DEDUPE,
        SWEEP,
        HEAP_STATE,
        FENCING,
        MONEY,
        PROOF
    }
}
