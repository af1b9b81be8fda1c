package io.loanledger.local.audit;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.streams.wire.JournalEntry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Interest of one loan told again, day by day: what its payouts and payments say, the days of its terms, and the fixings that the task had
 * read at each decision. Simple interest is a sum over days of principal x rate, posted half-even; what compounds is the growth of the flows
 * ({@code docs/loan-rules.md}, Rates). Example: 10,000.00 for 3 days at 9 % is 7.397... by ACT/365F, posted 7.40.
 *
 * <p>Of the ledger's arithmetic it uses the day count and what a reference's value makes the rate. One thread.
 */
final class InterestTrail {
    private static final int OWED_PLACES = 20;
    private static final int FLOW_PLACES = 30;
    private static final int GROWTH_PLACES = 40;
    private static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    private InterestTerms terms;

    /** Places of the currency that is owed. */
    private final int places;

    private final FixingsRead fixings;
    private NavigableMap<LocalDate, BigDecimal> known = new TreeMap<>();
    private @Nullable LocalDate startedOn;
    private LocalDate accruedTo = LocalDate.EPOCH;
    private BigDecimal principal = BigDecimal.ZERO;
    private BigDecimal unpaid = BigDecimal.ZERO;
    private BigDecimal posted = BigDecimal.ZERO;

    /** Principal x weight of its days; where interest compounds, each flow over what a unit had grown to. */
    private BigDecimal sum = BigDecimal.ZERO;

    InterestTrail(ProductTerms product, FixingsRead fixings) {
        this.terms = product.interest();
        this.places = product.debtAsset().scale();
        this.fixings = fixings;
    }

    /** Follows an event of the loan; says what is wrong with its interest, null when nothing is. */
    @Nullable
    String follow(JournalEntry entry) {
        if (terms.rate() instanceof Rate.Referenced rate) {
            known = fixings.of(
                    rate.rateId(),
                    new FixingsRead.Place(
                            entry.header().termsEpoch(), entry.header().termsSequence()));
        }
        LocalDate before = accruedTo;
        LoanEvent event = entry.event();
        if (startedOn != null && terms.rate() instanceof Rate.Referenced rate && known.isEmpty()) {
            return "no fixing of " + rate.rateId() + " was read";
        }
        if (event instanceof LoanEvent.DisbursementConfirmed e) {
            if (startedOn != null) { // a further draw
                move(e.amount().amount(), e.amount().amount(), e.valueDate());
                return told(before, e.valueDate(), e.accrual());
            }
            startedOn = e.valueDate();
            accruedTo = e.valueDate();
            move(e.amount().amount(), e.amount().amount(), e.valueDate());
            return null;
        } else if (startedOn == null) {
            return null;
        } else if (event instanceof LoanEvent.InterestPosted e) {
            String told = told(before, e.through(), e.accrual());
            return told == null ? post(e.amount().amount(), e.through()) : told;
        } else if (event instanceof LoanEvent.InterestRefunded e) {
            unpaid = unpaid.add(e.amount().amount());
            flow(e.amount().amount(), accruedTo);
            return terms.compounds() ? told(before, accruedTo, e.accrual()) : null;
        } else if (event instanceof LoanEvent.LoanAmended e) {
            ProductTerms next = e.terms();
            if (next != null) {
                goOn(next.interest(), e.on());
            }
            return null;
        } else if (event instanceof LoanEvent.RepaymentApplied e) {
            return paid(before, e.allocation(), e.valueDate(), e.accrual());
        } else if (event instanceof LoanEvent.RepaymentReversed e) {
            return paid(before, e.allocation(), e.valueDate(), e.accrual());
        } else if (event instanceof LoanEvent.DisbursementReturned e) {
            return paid(before, e.allocation(), e.valueDate(), e.accrual());
        } else if (event instanceof LoanEvent.SaleSettled e) {
            return paid(before, e.allocation(), e.valueDate(), e.accrual());
        } else if (event instanceof LoanEvent.StabilisedApplied e) {
            return paid(before, e.allocation(), e.valueDate(), e.accrual());
        }
        return null;
    }

    /** Under other terms from a day on: all is counted from there, and what was posted before stands apart. */
    private void goOn(InterestTerms next, LocalDate day) {
        terms = next;
        startedOn = day;
        accruedTo = day;
        posted = BigDecimal.ZERO;
        sum = next.compounds() ? principal.add(unpaid) : BigDecimal.ZERO;
    }

    private @Nullable String paid(
            LocalDate before, Allocation allocation, LocalDate valueDate, @Nullable BigDecimal accrual) {
        BigDecimal ofPrincipal = allocation.principal().amount().negate();
        BigDecimal ofInterest = allocation.interest().amount().negate();
        unpaid = unpaid.add(ofInterest);
        move(ofPrincipal, ofPrincipal.add(ofInterest), valueDate);
        return told(before, valueDate, accrual);
    }

    /** A change of principal on a day, and the money in or out that compounds from there. */
    private void move(BigDecimal change, BigDecimal money, LocalDate day) {
        if (day.isAfter(accruedTo)) {
            accrue(day);
        } else if (!terms.compounds()) {
            sum = sum.add(change.multiply(weight(day, accruedTo)));
        }
        principal = principal.add(change);
        flow(money, day);
    }

    private void flow(BigDecimal money, LocalDate day) {
        if (terms.compounds() && money.signum() != 0) {
            sum = sum.add(money.divide(growth(day), FLOW_PLACES, RoundingMode.HALF_EVEN));
        }
    }

    private void accrue(LocalDate day) {
        if (!terms.compounds()) {
            sum = sum.add(principal.multiply(weight(accruedTo, day)));
        }
        accruedTo = day;
    }

    private @Nullable String post(BigDecimal amount, LocalDate through) {
        if (through.isAfter(accruedTo)) {
            accrue(through);
        }
        BigDecimal due;
        if (terms.compounds()) {
            due = sum.multiply(growth(accruedTo))
                    .setScale(OWED_PLACES, RoundingMode.HALF_EVEN)
                    .setScale(places, RoundingMode.HALF_EVEN)
                    .subtract(principal)
                    .subtract(unpaid);
        } else {
            due = sum.multiply(new BigDecimal(terms.factor()))
                    .divide(new BigDecimal(terms.divisor()), places, RoundingMode.HALF_EVEN)
                    .subtract(posted);
        }
        posted = posted.add(amount);
        unpaid = unpaid.add(amount);
        return due.compareTo(amount) == 0 ? null : "posted " + amount + " through " + through + ", due " + due;
    }

    /** What an event says of a rate that its terms alone do not tell. */
    private @Nullable String told(LocalDate before, LocalDate day, @Nullable BigDecimal accrual) {
        if (!(terms.rate() instanceof Rate.Referenced)) {
            return accrual == null ? null : "says " + accrual + " of a rate that the terms tell";
        }
        if (accrual == null) {
            return "does not say how its rate ran";
        }
        BigDecimal due = terms.compounds() ? growth(day) : weight(before, day);
        return due.compareTo(accrual) == 0 ? null : "says " + accrual + " through " + day + ", due " + due;
    }

    // --- days --------------------------------------------------------------------------------------------------------

    private BigDecimal weight(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return weight(to, from).negate();
        }
        if (terms.rate() instanceof Rate.Annual) {
            return BigDecimal.valueOf(units(to) - units(from)); // the rate stands outside
        }
        BigDecimal weight = BigDecimal.ZERO;
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            weight = weight.add(rate(day).multiply(BigDecimal.valueOf(units(day.plusDays(1)) - units(day))));
        }
        return weight;
    }

    /** All counted from the payout: 30/360 does not count a part of a period as what is left of it. */
    private long units(LocalDate day) {
        return startedOn == null ? 0 : terms.dayCount().unitsBetween(startedOn, day);
    }

    private BigDecimal growth(LocalDate through) {
        if (startedOn == null) {
            return BigDecimal.ONE;
        }
        BigDecimal growth = BigDecimal.ONE;
        for (LocalDate day = startedOn; day.isBefore(through); ) {
            BigDecimal rate = rate(day);
            int days = 0;
            while (day.isBefore(through) && rate(day).compareTo(rate) == 0) {
                day = day.plusDays(1);
                days++;
            }
            growth = growth.multiply(dailyGrowth(rate).pow(days, DIGITS), DIGITS);
        }
        return growth.setScale(GROWTH_PLACES, RoundingMode.HALF_EVEN);
    }

    private BigDecimal dailyGrowth(BigDecimal rate) {
        int periods = terms.compounding().periodsInDay();
        BigDecimal inYear = BigDecimal.valueOf((long) terms.dayCount().unitsInYear() * periods);
        return BigDecimal.ONE.add(rate.divide(inYear, DIGITS), DIGITS).pow(periods, DIGITS);
    }

    private BigDecimal rate(LocalDate day) {
        return switch (terms.rate()) {
            case Rate.Annual annual ->
                new BigDecimal(annual.annual().numerator())
                        .divide(new BigDecimal(annual.annual().denominator()), DIGITS);
            case Rate.Stepped stepped -> stepped(stepped, day);
            case Rate.Referenced referenced -> {
                BigDecimal value = FixingsRead.on(known, day);
                if (value == null) {
                    throw new IllegalStateException("no fixing of " + referenced.rateId() + " was read");
                }
                yield referenced.at(value);
            }
        };
    }

    private BigDecimal stepped(Rate.Stepped stepped, LocalDate day) {
        BigDecimal rate = BigDecimal.ZERO;
        for (Rate.Step step : stepped.steps()) {
            if (startedOn != null && !startedOn.plusDays(step.fromDay()).isAfter(day)) {
                rate = step.annual();
            }
        }
        return rate;
    }
}
