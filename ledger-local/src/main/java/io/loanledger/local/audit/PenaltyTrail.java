package io.loanledger.local.audit;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Default interest of one loan told again: every change of principal, times the days of default since its value date, times the margin,
 * less what was posted ({@code docs/loan-rules.md}, Default interest). Example: 10,000.00, 5 %, ACT/365F, 10 days of default: 13.70.
 *
 * <p>All days are counted anew at each posting. Of the ledger's arithmetic it uses the day count. One thread.
 */
final class PenaltyTrail {
    private record Change(BigDecimal principal, LocalDate valueDate) {}

    /** Days of default; {@code to} is the first without, null while it lasts. */
    private record Span(LocalDate from, @Nullable LocalDate to) {}

    private ProductTerms terms;
    private final List<Change> changes = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private @Nullable LocalDate startedOn;
    private BigDecimal posted = BigDecimal.ZERO;

    PenaltyTrail(ProductTerms terms) {
        this.terms = terms;
    }

    /** Follows an event of the loan; says what is wrong with its default interest, null when nothing is. */
    @Nullable
    String follow(LoanEvent event) {
        if (event instanceof LoanEvent.DisbursementConfirmed e) {
            startedOn = startedOn == null ? e.valueDate() : startedOn;
            changes.add(new Change(e.amount().amount(), e.valueDate()));
        } else if (event instanceof LoanEvent.LoanDefaulted e) {
            spans.add(new Span(e.since(), null));
        } else if (event instanceof LoanEvent.DefaultEnded e) {
            if (spans.isEmpty() || spans.getLast().to() != null) {
                return "a default ended that had not begun";
            }
            spans.add(new Span(spans.removeLast().from(), e.until()));
        } else if (event instanceof LoanEvent.LoanAmended e && e.terms() != null) {
            goOn(e.terms(), e.on());
        } else if (event instanceof LoanEvent.RepaymentApplied e) {
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.RepaymentReversed e) {
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.DisbursementReturned e) {
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.SaleSettled e) {
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.StabilisedApplied e) {
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.InterestPosted e) {
            return post(e.penalty().amount(), e.through());
        }
        return null;
    }

    private void paid(Allocation allocation, LocalDate valueDate) {
        changes.add(new Change(allocation.principal().amount().negate(), valueDate));
    }

    /** Under other terms from a day on: former defaults are forgotten. */
    private void goOn(ProductTerms next, LocalDate day) {
        BigDecimal principal = changes.stream().map(Change::principal).reduce(BigDecimal.ZERO, BigDecimal::add);
        terms = next;
        startedOn = day;
        spans.clear();
        posted = BigDecimal.ZERO;
        changes.clear();
        changes.add(new Change(principal, day));
    }

    private @Nullable String post(BigDecimal amount, LocalDate through) {
        DefaultTerms agreed = terms.agreed().onDefault();
        DayCount days = terms.interest().dayCount();
        BigDecimal exact = BigDecimal.ZERO;
        for (Change change : changes) {
            exact = exact.add(change.principal().multiply(BigDecimal.valueOf(units(change.valueDate(), through))));
        }
        BigDecimal due = exact.multiply(agreed == null ? BigDecimal.ZERO : agreed.margin())
                .divide(
                        BigDecimal.valueOf(days.unitsInYear()),
                        terms.debtAsset().scale(),
                        RoundingMode.HALF_EVEN)
                .subtract(posted);
        posted = posted.add(amount);
        return due.compareTo(amount) == 0
                ? null
                : "posted " + amount + " of default interest through " + through + ", due " + due;
    }

    /** Units of the days of default from a day to another. */
    private long units(LocalDate from, LocalDate to) {
        long units = 0;
        LocalDate start = startedOn;
        if (start == null) {
            return units;
        }
        DayCount days = terms.interest().dayCount();
        for (Span span : spans) {
            LocalDate first = span.from().isAfter(from) ? span.from() : from;
            LocalDate last = span.to() == null || span.to().isAfter(to) ? to : span.to();
            if (first.isBefore(last)) {
                units += days.unitsBetween(start, last) - days.unitsBetween(start, first);
            }
        }
        return units;
    }
}
