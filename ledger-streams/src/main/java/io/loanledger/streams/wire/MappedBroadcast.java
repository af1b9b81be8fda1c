package io.loanledger.streams.wire;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.RateSeries;
import io.loanledger.events.OperatorSkip;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.math.BigDecimal;
import java.time.LocalDate;

/** What a record that every partition receives is to the ledger. */
public sealed interface MappedBroadcast {
    record Price(IndexPrice index) implements MappedBroadcast {}

    record Terms(long epoch, long sequence, TermsChange change) implements MappedBroadcast {}

    record Unreadable(Reason reason, String detail) implements MappedBroadcast {}

    /** What the risk team changed. */
    sealed interface TermsChange {}

    record ProductChanged(ProductTerms terms) implements TermsChange {}

    record MarketPaused(String market, boolean paused, String reason) implements TermsChange {}

    record KillSwitchSet(boolean engaged, String reason) implements TermsChange {}

    /** A rate has this value from a day on. */
    record RateFixed(String rateId, LocalDate effectiveFrom, BigDecimal value) implements TermsChange {
        /** @throws IllegalArgumentException if no rate can have it */
        public RateFixed {
            RateSeries.check(effectiveFrom, value);
        }
    }

    /** What a market's coin counts less, by the lender's whole book. */
    record AddOnSet(String market, AddOn addOn) implements TermsChange {}

    /** Two operators order a record to be set aside; whether they are who they say is for the task to find out. */
    record SkipOrdered(OperatorSkip order) implements TermsChange {}
}
