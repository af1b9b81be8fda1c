package io.loanledger.liquidation;

/**
 * What a task knows beside its books.
 *
 * @param termsEpoch the writer of the newest terms record taken
 * @param termsSequence its number in that epoch
 * @param killed whether the kill switch is engaged, for books that begin later
 */
record TaskEntry(long termsEpoch, long termsSequence, boolean killed) {
    private static final int VERSION = 1;

    static final TaskEntry NEW = new TaskEntry(Long.MIN_VALUE, Long.MIN_VALUE, false);

    boolean isBefore(long epoch, long sequence) {
        return epoch != termsEpoch ? epoch > termsEpoch : sequence > termsSequence;
    }

    byte[] write() {
        return new EntryWriter()
                .number(VERSION)
                .number(termsEpoch)
                .number(termsSequence)
                .flag(killed)
                .toByteArray();
    }

    static TaskEntry read(byte[] bytes) {
        EntryReader in = new EntryReader(bytes);
        long version = in.number();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a task entry of version " + version + ", but this program reads " + VERSION);
        }
        TaskEntry entry = new TaskEntry(in.number(), in.number(), in.flag());
        in.end();
        return entry;
    }
}
