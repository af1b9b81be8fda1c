package io.loanledger.local.audit;

import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.local.audit.FixingsRead.Place;
import io.loanledger.streams.wire.IndexPosition;
import io.loanledger.streams.wire.JournalEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every open price between two journal records of a loan: if one of them meets the hard threshold on the debt as posted (what
 * is accrued beyond it would only add), the loan's next record must be the request to sell, or the end of the call that it pre-empts.
 *
 * <p>After a decline the loan waits: the prices up to the end of its wait are left out.
 *
 * <p>A loan that pledges less than one lot cannot be sold. Coin counts for less by the add-on of its market: by the least of those that
 * were read between the two records. One market does not tell what several coins are worth, or a debt that has a price of its own: such
 * a loan is left out, and the findings say so.
 */
final class BreachWatch {

    private static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    /** @param readThrough what of the fan-out was read when the loan began to stand so */
    private record Standing(
            int nextPrice,
            BigDecimal debt,
            BigDecimal counted,
            BigDecimal stabilised,
            ProductTerms terms,
            Place readThrough) {}

    private final String loanId;
    private final String market;
    private final IndexSeries prices;
    private final AddOnsRead addOns;
    private final Findings findings;
    private @Nullable Standing standing;
    private @Nullable Instant waitsThrough;

    BreachWatch(String loanId, String market, IndexSeries prices, AddOnsRead addOns, Findings findings) {
        this.loanId = loanId;
        this.market = market;
        this.prices = prices;
        this.addOns = addOns;
        this.findings = findings;
    }

    /** Judges the prices since the former record of the loan. */
    void before(JournalEntry next) {
        // The newest price that the task had read is the one at work if a price is the cause; then it is judged with
        // the record after.
        boolean acts = next.event() instanceof LoanEvent.LiquidationRequested
                || next.event() instanceof LoanEvent.MarginCallCancelled;
        if (!acts) {
            judge(
                    position(next.header().indexPositions()),
                    read(next),
                    next.event().getClass().getSimpleName());
        }
        standing = null;
    }

    /** Takes the loan as it stands after a record. */
    void after(JournalEntry entry, LoanTrail trail) {
        if (entry.event() instanceof LoanEvent.LiquidationDeclined declined) {
            waitsThrough = declined.retryAt();
        }
        Position balances = trail.balances();
        ProductTerms terms = trail.terms();
        if (!trail.isWatched() || balances == null || terms == null) {
            return;
        }
        CollateralTerms collateral =
                terms.collateral(balances.collateral().asset().code()).orElseThrow();
        String untold = untold(terms, collateral);
        if (untold != null) {
            findings.leaveOut(Invariant.BREACH_IMPLIES_ACTION, untold, loanId);
            return;
        }
        Quantity pledged = balances.collateral().pledged();
        if (pledged.compareTo(collateral.lotSize()) >= 0) {
            int next = position(entry.header().indexPositions()) + 1;
            standing = new Standing(
                    waitsThrough == null ? next : prices.firstLaterThan(waitsThrough, next),
                    exposure(balances.debt(), terms).amount(),
                    collateral.counted(pledged),
                    balances.settlement().stabilised().amount(),
                    terms,
                    read(entry));
        }
    }

    /** What the prices of the market do not tell of a loan, null where they tell enough. */
    private @Nullable String untold(ProductTerms terms, CollateralTerms collateral) {
        if (terms.mixedCollateral()) {
            return "several coins";
        } else if (terms.agreed().debtPrice() != null) {
            return "a debt that has a price";
        }
        return collateral.market().equals(market) ? null : "coin of another market";
    }

    private static Place read(JournalEntry entry) {
        return new Place(entry.header().termsEpoch(), entry.header().termsSequence());
    }

    /** Without what is not posted yet, which would only add. */
    private static Money exposure(Debt debt, ProductTerms terms) {
        return terms.exposureBasis() == ExposureBasis.PRINCIPAL ? debt.principal() : debt.posted();
    }

    void end() {
        judge(prices.size(), END, "nothing");
    }

    private void judge(int beforePrice, Place readThrough, String follower) {
        Standing loan = standing;
        if (loan == null) {
            return;
        }
        Optional<BigDecimal> lowest = prices.lowestOpen(loan.nextPrice(), beforePrice);
        lowest.ifPresent(price -> {
            BigDecimal share = BigDecimal.ONE.subtract(addOns.least(market, loan.readThrough(), readThrough));
            BigDecimal value = loan.counted().multiply(price).multiply(share).add(loan.stabilised());
            findings.check(
                    Invariant.BREACH_IMPLIES_ACTION,
                    !loan.terms().liquidation().threshold().isMetBy(loan.debt(), value),
                    () -> loanId + ": owed " + loan.debt() + " on " + value + " at " + price + " and " + follower
                            + " followed");
        });
    }

    private int position(List<IndexPosition> positions) {
        return positions.stream()
                .filter(position -> position.market().equals(market))
                .findFirst()
                .map(position -> prices.indexOf(position.epoch(), position.sequence()))
                .orElse(-1);
    }
}
