package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.model.NaiveSpread.Slot;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ExposureBasis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The debt's page of the notebook and the arithmetic of the rules on it. Interest is exact: figures named {@code scaled} are
 * multiplied by {@link #unit}.
 */
final class NaiveDebt {
    private final NaiveLoan loan;
    final NaiveRates rates;

    BigDecimal principal = ZERO;
    BigDecimal interest = ZERO;
    BigDecimal fees = ZERO;
    BigDecimal costs = ZERO;
    BigDecimal penalties = ZERO;
    BigDecimal interestPosted = ZERO;

    /** What of interest was posted under terms of before. */
    BigDecimal interestBefore = ZERO;

    private BigDecimal scaledAccrued = ZERO;

    /** Principal times the days of default that it bore, in parts of a year. */
    BigDecimal penaltyDays = ZERO;

    /** What of default interest is on the books. */
    BigDecimal penaltiesPosted = ZERO;

    /** Where interest compounds: every flow divided by the growth to its day. */
    private BigDecimal shares = ZERO;

    @Nullable
    LocalDate accruedTo;

    @Nullable
    LocalDate startedOn;

    /** Instalments that fell due, oldest first. */
    final List<Bucket> buckets = new ArrayList<>();

    NaiveDebt(NaiveLoan loan, Circumstances now) {
        this.loan = loan;
        this.rates = new NaiveRates(() -> loan.bound().interest(), this::start, now);
    }

    /** What of an instalment is unpaid. */
    static final class Bucket {
        final int number;
        final LocalDate dueOn;
        BigDecimal fees = ZERO;
        BigDecimal interest;
        BigDecimal principal;
        boolean lateFeeCharged;

        Bucket(int number, LocalDate dueOn, BigDecimal interest, BigDecimal principal) {
            this.number = number;
            this.dueOn = dueOn;
            this.interest = interest;
            this.principal = principal;
        }

        boolean isPaid() {
            return fees.signum() == 0 && interest.signum() == 0 && principal.signum() == 0;
        }

        BigDecimal overdue() {
            return interest.add(principal);
        }

        NaiveSpread.Part unpaid() {
            return new NaiveSpread.Part(fees, interest, principal);
        }
    }

    boolean isClear() {
        return principal.signum() == 0
                && interest.signum() == 0
                && fees.signum() == 0
                && costs.signum() == 0
                && penalties.signum() == 0;
    }

    /** Nothing is owed, and interest or default interest was posted too much. */
    boolean isPostedTooMuch() {
        return principal.signum() == 0
                && fees.signum() == 0
                && costs.signum() == 0
                && interest.signum() <= 0
                && penalties.signum() <= 0
                && interest.add(penalties).signum() < 0;
    }

    BigDecimal posted() {
        return principal.add(interest).add(otherThanInterest());
    }

    private BigDecimal otherThanInterest() {
        return fees.add(costs).add(penalties);
    }

    /** What would be owed with interest through the day, to the cent; not less than nothing. */
    BigDecimal booked(LocalDate today) {
        return posted().add(interestToPost(today)).add(penaltyToPost(today)).max(ZERO);
    }

    /** No less than what is owed, whatever is over-posted. */
    BigDecimal atMostOwed(LocalDate today) {
        return principal
                .add(interest.max(ZERO))
                .add(interestToPost(today).max(ZERO))
                .add(penaltyToPost(today).max(ZERO))
                .add(penalties.negate().max(ZERO))
                .add(otherThanInterest());
    }

    // --- interest
    // ---------------------------------------------------------------------------------------------------

    /** Exact interest is a multiple of its inverse. */
    BigDecimal unit() {
        return rates.unit();
    }

    private BigDecimal scaledInterestThrough(LocalDate day) {
        return accruedTo == null || !day.isAfter(accruedTo)
                ? scaledAccrued
                : scaledAccrued.add(principal.multiply(rates.weight(accruedTo, day)));
    }

    /** Principal and interest where it compounds. */
    private BigDecimal owed(LocalDate day) {
        LocalDate through = accruedTo != null && accruedTo.isAfter(day) ? accruedTo : day;
        return shares.multiply(rates.growth(through)).setScale(20, RoundingMode.HALF_EVEN);
    }

    /** Money that came (negative) or went where interest compounds; posting interest is none. */
    void flow(BigDecimal amount, LocalDate valueDate) {
        if (rates.compounds()) {
            shares = shares.add(amount.divide(rates.growth(valueDate), 30, RoundingMode.HALF_EVEN));
        }
    }

    /** What posting through the day would add; may be negative after a back-dated payment. */
    BigDecimal interestToPost(LocalDate day) {
        if (rates.compounds()) {
            return owed(day)
                    .setScale(loan.bound().debtAsset().scale(), RoundingMode.HALF_EVEN)
                    .subtract(principal)
                    .subtract(interest);
        }
        return scaledInterestThrough(day)
                .divide(unit(), loan.bound().debtAsset().scale(), RoundingMode.HALF_EVEN)
                .subtract(interestPosted);
    }

    void post(BigDecimal amount, BigDecimal penalty, LocalDate through) {
        penaltyDays = penaltyDaysThrough(through);
        penalties = penalties.add(penalty);
        penaltiesPosted = penaltiesPosted.add(penalty);
        scaledAccrued = rates.compounds() ? ZERO : scaledInterestThrough(through);
        if (accruedTo == null || through.isAfter(accruedTo)) {
            accruedTo = through;
        }
        interest = interest.add(amount);
        interestPosted = interestPosted.add(amount);
        cutBuckets();
    }

    /** What an event says of the growth of interest to its day, where no terms tell it; asked before the event counts. */
    Object accrual(LocalDate day) {
        if (!rates.isReferenced()) {
            return Tongue.NONE;
        }
        return rates.compounds()
                ? rates.growth(day).setScale(40, RoundingMode.HALF_EVEN)
                : rates.weight(accruedTo == null ? day : accruedTo, day);
    }

    // --- default interest
    // -------------------------------------------------------------------------------------------

    /** The days of default in a stretch, in parts of a year. */
    private BigDecimal defaultDays(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return defaultDays(to, from).negate();
        }
        BigDecimal parts = ZERO;
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            parts = loan.inDefault.covers(day) ? parts.add(rates.partsOf(day)) : parts;
        }
        return parts;
    }

    private BigDecimal penaltyDaysThrough(LocalDate day) {
        return accruedTo == null || !day.isAfter(accruedTo)
                ? penaltyDays
                : penaltyDays.add(principal.multiply(defaultDays(accruedTo, day)));
    }

    private BigDecimal scaledPenalty(LocalDate day) {
        DefaultTerms terms = loan.bound().agreed().onDefault();
        return terms == null ? ZERO : penaltyDaysThrough(day).multiply(terms.margin());
    }

    /** What posting through the day would add to penalties. */
    BigDecimal penaltyToPost(LocalDate day) {
        return scaledPenalty(day)
                .divide(unit(), loan.bound().debtAsset().scale(), RoundingMode.HALF_EVEN)
                .subtract(penaltiesPosted);
    }

    // --- exposure
    // ---------------------------------------------------------------------------------------------------

    /** The debt over the collateral, by the loan's basis. */
    BigDecimal scaledExposure(LocalDate day) {
        return scaledExposureWith(ZERO, day);
    }

    /** The same, were so much more of principal owed from that day on. */
    BigDecimal scaledExposureWith(BigDecimal more, LocalDate day) {
        BigDecimal scaledMore = more.multiply(unit());
        return switch (loan.bound().exposureBasis()) {
            case PRINCIPAL -> principal.multiply(unit()).add(scaledMore);
            case OUTSTANDING -> scaledOutstanding(day).add(scaledMore);
            case TOTAL_OBLIGATION -> scaledOutstanding(day).add(scaledMore).add(scaledToCome(principal.add(more), day));
        };
    }

    /** The day, or the accrued-to date behind it. */
    private LocalDate accrued(LocalDate day) {
        return accruedTo != null && accruedTo.isAfter(day) ? accruedTo : day;
    }

    /** The maturity, or a day after it. */
    private LocalDate later(LocalDate day) {
        LocalDate maturity = loan.maturityFrom(start());
        LocalDate from = accrued(day);
        return maturity != null && maturity.isAfter(from) ? maturity : from;
    }

    /** What is to be paid out first would be as exposure, paid out on the day of the request. */
    BigDecimal scaledPromise() {
        BigDecimal whole = loan.lent.multiply(unit());
        if (loan.bound().exposureBasis() != ExposureBasis.TOTAL_OBLIGATION) {
            return whole;
        }
        return whole.add(scaledToCome(loan.lent, loan.requestedOn));
    }

    /** Interest from a day on through the maturity; on a principal that falls as planned, if it is to fall. */
    private BigDecimal scaledToCome(BigDecimal of, LocalDate day) {
        if (loan.schedule() != null && loan.schedule().kind().amortises()) {
            return plan().scaledToCome(of, accrued(day));
        }
        return of.multiply(rates.weight(accrued(day), later(day)));
    }

    // --- another agreement
    // -------------------------------------------------------------------------------------------

    /** Interest counts from this day, under the terms that now hold; what was posted before stays posted and is apart. */
    void beginAnew(LocalDate on) {
        startedOn = on;
        accruedTo = on;
        scaledAccrued = ZERO;
        interestBefore = interestBefore.add(interestPosted);
        interestPosted = ZERO;
        penaltyDays = ZERO;
        penaltiesPosted = ZERO;
        rates.forget();
        shares = rates.compounds() ? principal.add(interest) : ZERO;
    }

    /** Takes back whatever is charged, posted or begun anew; instalments, of which none is unpaid then, are as they were. */
    Runnable undo() {
        BigDecimal[] owed = {interest, fees, penalties, loan.surplusOwed};
        BigDecimal[] counted = {interestPosted, scaledAccrued, penaltyDays, penaltiesPosted, shares, interestBefore};
        LocalDate through = accruedTo;
        LocalDate from = startedOn;
        return () -> {
            interest = owed[0];
            fees = owed[1];
            penalties = owed[2];
            loan.surplusOwed = owed[3];
            interestPosted = counted[0];
            scaledAccrued = counted[1];
            penaltyDays = counted[2];
            penaltiesPosted = counted[3];
            shares = counted[4];
            interestBefore = counted[5];
            accruedTo = through;
            startedOn = from;
        };
    }

    NaivePlan plan() {
        return new NaivePlan(loan, rates, start());
    }

    private LocalDate start() {
        return startedOn == null ? loan.requestedOn : startedOn;
    }

    /** The exposure after an amount was paid today: spread it, count what principal it repaid. */
    BigDecimal scaledExposureAfter(BigDecimal money, LocalDate today) {
        BigDecimal repaid = loan.bound().exposureBasis() == ExposureBasis.OUTSTANDING && !isAhead(today)
                ? ZERO
                : spreadToday(money, today).principal();
        return switch (loan.bound().exposureBasis()) {
            case PRINCIPAL -> principal.subtract(repaid).multiply(unit());
            case OUTSTANDING ->
                scaledOutstanding(today)
                        .subtract(money.multiply(unit()))
                        .subtract(scaledSaved(repaid, today))
                        .max(ZERO);
            case TOTAL_OBLIGATION ->
                scaledOutstanding(today)
                        .subtract(money.multiply(unit()))
                        .subtract(scaledSaved(repaid, today))
                        .add(scaledToCome(principal.subtract(repaid), today))
                        .max(ZERO);
        };
    }

    /** Interest is on the books past the day: a default was told by a clock that had not come to it. */
    private boolean isAhead(LocalDate today) {
        return accruedTo != null && accruedTo.isAfter(today) && !rates.compounds();
    }

    /** What principal repaid on a day before that does not bear through it. */
    private BigDecimal scaledSaved(BigDecimal repaid, LocalDate today) {
        return isAhead(today) ? repaid.multiply(rates.weight(today, accruedTo)) : ZERO;
    }

    /** What a unit of principal repaid lowers the exposure by, scaled. */
    BigDecimal scaledRelief(LocalDate today) {
        return loan.bound().exposureBasis() == ExposureBasis.TOTAL_OBLIGATION
                ? unit().add(rates.weight(accrued(today), later(today)))
                : unit();
    }

    /** What settles the loan on a day. */
    private BigDecimal scaledOutstanding(LocalDate day) {
        if (rates.compounds()) {
            return owed(day).add(otherThanInterest()).multiply(unit());
        }
        return posted().subtract(interestPosted)
                .subtract(penaltiesPosted)
                .multiply(unit())
                .add(scaledInterestThrough(day))
                .add(scaledPenalty(day));
    }

    // --- money
    // ----------------------------------------------------------------------------------------------------

    /** Money in (positive) or out (negative) with its value date; the days since the date are corrected exactly. */
    void apply(NaiveSpread spread, LocalDate valueDate) {
        costs = costs.subtract(spread.costs());
        penalties = penalties.subtract(spread.penalties());
        fees = fees.subtract(spread.fees());
        interest = interest.subtract(spread.interest());
        for (Bucket bucket : buckets) {
            NaiveSpread.Part part = spread.parts().getOrDefault(bucket.number, NaiveSpread.Part.NONE);
            bucket.fees = bucket.fees.subtract(part.fees());
            bucket.interest = bucket.interest.subtract(part.interest());
            bucket.principal = bucket.principal.subtract(part.principal());
        }
        changePrincipal(spread.principal().negate(), valueDate);
        flow(spread.principal().add(spread.interest()).negate(), valueDate);
        loan.surplusOwed = loan.surplusOwed.add(spread.surplus());
        cutBuckets();
    }

    void changePrincipal(BigDecimal change, LocalDate valueDate) {
        if (accruedTo == null) {
            accruedTo = valueDate;
        }
        penaltyDays = valueDate.isAfter(accruedTo)
                ? penaltyDaysThrough(valueDate)
                : penaltyDays.add(change.multiply(defaultDays(valueDate, accruedTo)));
        if (rates.compounds()) {
            accruedTo = valueDate.isAfter(accruedTo) ? valueDate : accruedTo;
        } else if (valueDate.isAfter(accruedTo)) {
            scaledAccrued = scaledInterestThrough(valueDate);
            accruedTo = valueDate;
        } else {
            scaledAccrued = scaledAccrued.add(change.multiply(rates.weight(valueDate, accruedTo)));
        }
        principal = principal.add(change);
    }

    /** No more is due than is owed: the newest instalments give. */
    void cutBuckets() {
        BigDecimal dueFees = ZERO;
        BigDecimal dueInterest = ZERO;
        BigDecimal duePrincipal = ZERO;
        for (Bucket bucket : buckets) {
            bucket.fees = bucket.fees.min(fees.max(ZERO).subtract(dueFees));
            bucket.interest = bucket.interest.min(interest.max(ZERO).subtract(dueInterest));
            bucket.principal = bucket.principal.min(principal.max(ZERO).subtract(duePrincipal));
            dueFees = dueFees.add(bucket.fees);
            dueInterest = dueInterest.add(bucket.interest);
            duePrincipal = duePrincipal.add(bucket.principal);
        }
    }

    /** The waterfall over posted balances. */
    NaiveSpread waterfall(BigDecimal money) {
        BigDecimal left = money;
        List<Slot> paid = new ArrayList<>();
        for (Slot slot : slots()) {
            BigDecimal part = left.min(slot.amount());
            paid.add(new Slot(slot.component(), slot.bucket(), part));
            left = left.subtract(part);
        }
        return NaiveSpread.of(paid, left);
    }

    /** As if paid today: interest is posted through the day first. */
    NaiveSpread spreadToday(BigDecimal money, LocalDate today) {
        BigDecimal before = interest;
        BigDecimal penaltiesBefore = penalties;
        interest = interest.add(interestToPost(today));
        penalties = penalties.add(penaltyToPost(today));
        NaiveSpread spread = waterfall(money);
        interest = before;
        penalties = penaltiesBefore;
        return spread;
    }

    /** Where money can go, in the order in which it goes there. */
    private List<Slot> slots() {
        NaiveSpread all = new NaiveSpread(
                costs.max(ZERO),
                penalties.max(ZERO),
                fees.max(ZERO),
                interest.max(ZERO),
                principal.max(ZERO),
                ZERO,
                NaiveSlots.unpaid(buckets));
        return NaiveSlots.of(all, loan.bound());
    }
}
