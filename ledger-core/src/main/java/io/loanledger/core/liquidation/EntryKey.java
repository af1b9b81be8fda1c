package io.loanledger.core.liquidation;

/** Names one entry of a book; {@code id} is unique within the kind. */
public record EntryKey(Kind kind, String id) {
    /** What the entry is about; the declared numbers are written to disk and never change. */
    public enum Kind {
        /** {@link MarketEntry}, one per book, with an empty id. */
        MARKET(0),
        /** {@link CaseEntry} by case id. */
        CASE(1),
        /** {@link BlockEntry} by block id. */
        BLOCK(2),
        /** {@link OrderEntry} by order id. */
        ORDER(3),
        /** {@link FillEntry} by order, desk and execution id. */
        FILL(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }
}
