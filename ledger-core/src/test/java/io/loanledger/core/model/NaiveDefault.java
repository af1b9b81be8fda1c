package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveDebt.Bucket;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.terms.DefaultTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Default lies over a loan as a call does: how it begins, what it makes due at once, and how it ends. */
final class NaiveDefault {
    /** The number of the bucket of what is due at once. */
    static final int ALL = 9999;

    /** A default that is over: of the days from one to another, the other itself not. */
    record Span(LocalDate from, LocalDate to, boolean waived) {}

    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final NaiveMoney money;
    private final List<String> lines;

    /** Empty while it is not in default. */
    String reason = "";

    LocalDate since = LocalDate.EPOCH;
    final List<Span> spans = new ArrayList<>();

    NaiveDefault(NaiveLoan loan, NaiveMargin margin, NaiveMoney money, List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.money = money;
        this.lines = lines;
    }

    @Nullable
    DefaultTerms terms() {
        return loan.terms == null ? null : loan.bound().agreed().onDefault();
    }

    boolean isNow() {
        return !reason.isEmpty();
    }

    boolean isToBeSold() {
        return isNow() && terms().sells();
    }

    boolean isAccelerated() {
        return loan.debt.buckets.stream().anyMatch(bucket -> bucket.number == ALL);
    }

    /** Whether a day bears default interest. */
    boolean covers(LocalDate day) {
        return (isNow() && !day.isBefore(since))
                || spans.stream().anyMatch(span -> !day.isBefore(span.from()) && day.isBefore(span.to()));
    }

    // --- begin
    // --------------------------------------------------------------------------------------------------------

    /** What brings the default by time: the oldest bucket that is unpaid and not excused. */
    private @Nullable Bucket causing() {
        DefaultTerms terms = terms();
        if (terms == null || isNow() || loan.status != LoanStatus.ACTIVE) {
            return null;
        }
        for (Bucket bucket : loan.debt.buckets) {
            boolean excused = spans.stream().anyMatch(span -> span.waived() && bucket.dueOn.isBefore(span.to()));
            if (isUnpaid(bucket) && !excused) {
                return bucket;
            }
        }
        return null;
    }

    /** When no instalment is to come any more the newest bucket bears the principal that is in none. */
    private boolean isUnpaid(Bucket bucket) {
        boolean noneToCome = isAccelerated()
                || loan.billed - loan.billedBefore >= loan.debt.plan().instalments();
        BigDecimal loose = loan.debt.buckets.stream()
                .map(each -> each.principal)
                .reduce(loan.debt.principal, BigDecimal::subtract);
        return bucket.overdue().signum() > 0
                || (noneToCome && bucket == loan.debt.buckets.getLast() && loose.signum() > 0);
    }

    /** When the default by time comes due; null for never. */
    @Nullable
    Instant moment() {
        Bucket bucket = causing();
        return bucket == null
                ? null
                : bucket.dueOn
                        .plusDays(terms().afterDays() + 1L)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .plus(loan.schedule().factLag());
    }

    void beginByTime(Instant moment) {
        boolean last = causing().dueOn.equals(loan.maturity());
        begin(
                last ? "MATURITY" : "PAYMENT_DEFAULT",
                "",
                moment.atZone(ZoneOffset.UTC).toLocalDate());
        NaivePrices former = margin.openPrices();
        if (former != null && loan.sale == null) {
            margin.ladder.evaluate(former, CureKind.PRICE, former.time());
        } else if (former != null) {
            margin.cases.growAtPrice(former);
        }
    }

    private void begin(String why, String detail, LocalDate day) {
        money.postThrough(day);
        since = later(day, loan.debt.accruedTo);
        if (!spans.isEmpty()) {
            since = later(since, spans.getLast().to());
        }
        if (!loan.debt.buckets.isEmpty()) {
            since = later(since, loan.debt.buckets.getLast().dueOn);
        }
        reason = why;
        BigDecimal interest = ZERO;
        BigDecimal principal = ZERO;
        if (terms().accelerates()) {
            interest = loan.debt.interest.max(ZERO);
            principal = loan.debt.principal;
            for (Bucket bucket : loan.debt.buckets) {
                interest = interest.subtract(bucket.interest);
                principal = principal.subtract(bucket.principal);
            }
            interest = interest.max(ZERO);
            principal = principal.max(ZERO);
            Bucket all = new Bucket(ALL, since, interest, principal);
            all.lateFeeCharged = true; // it never is
            loan.debt.buckets.add(all);
        }
        lines.add(Tongue.line("LoanDefaulted", why, since, detail, interest, principal));
        if (terms().sells() && loan.sale == null && loan.call != null) {
            margin.ladder.cancelCall("DEFAULTED");
        }
        loan.line.stop();
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    After declared(LoanInput.DefaultDeclared fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE, Refusal.WRONG_STATUS);
        refuseIf(terms() == null, Refusal.NOT_AGREED);
        refuseIf(isNow(), Refusal.IN_DEFAULT);
        begin("MANUAL", fact.reason(), margin.today());
        return After.OTHER;
    }

    After crossed(LoanInput.CrossDefaulted input) {
        DefaultTerms terms = terms();
        if (terms == null || !terms.cross() || loan.status != LoanStatus.ACTIVE || isNow()) {
            return After.OTHER;
        }
        begin("CROSS_DEFAULT", input.causeLoanId(), margin.today());
        return After.OTHER;
    }

    // --- end
    // ----------------------------------------------------------------------------------------------------------

    After waived() {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(!isNow(), Refusal.NOT_IN_DEFAULT);
        end(true, later(margin.today(), later(loan.debt.accruedTo, since)));
        return new After(CureKind.PRICE, null, true, true);
    }

    /** Whether it ended just now, as what is due was paid. */
    boolean endIfPaid() {
        if (!isNow() || !(loan.debt.isClear() || isCaughtUp())) {
            return false;
        }
        end(false, later(loan.debt.accruedTo, since));
        return true;
    }

    private boolean isCaughtUp() {
        boolean byTime = reason.equals("PAYMENT_DEFAULT") || reason.equals("MATURITY");
        return byTime
                && loan.status == LoanStatus.ACTIVE
                && loan.debt.buckets.stream()
                        .filter(bucket -> bucket.number == ALL || bucket.dueOn.isBefore(later(margin.today(), since)))
                        .noneMatch(this::isUnpaid);
    }

    private void end(boolean waived, LocalDate until) {
        if (waived || since.isBefore(until)) {
            spans.add(new Span(since, until, waived));
        }
        loan.debt.buckets.removeIf(bucket -> bucket.number == ALL);
        lines.add(Tongue.line("DefaultEnded", reason, waived, until));
        reason = "";
    }
}
