package io.loanledger.local.audit;

import static io.loanledger.local.audit.Invariant.CASH_CONSERVATION;
import static io.loanledger.local.audit.Invariant.COLLATERAL_CONSERVATION;
import static io.loanledger.local.audit.Invariant.DEBT_CONSERVATION;
import static io.loanledger.local.audit.Invariant.INTEREST_DETERMINISM;
import static io.loanledger.local.audit.Invariant.MONOTONE_STATES;
import static io.loanledger.local.audit.Invariant.NO_ACTIVITY_AFTER_CLOSE;
import static io.loanledger.local.audit.Invariant.NO_DOUBLE_CREDIT;
import static io.loanledger.local.audit.Invariant.NO_RELEASE_WHILE_LIQUIDATING;
import static io.loanledger.local.audit.Invariant.ONE_OPEN_CASE;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.RateCurve;
import io.loanledger.streams.wire.JournalEntry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One loan's way through the journal, followed with plain sums and flags. Of the ledger's own arithmetic only the day count is used: what the
 * events say is added up again and compared with the balances that the records carry.
 */
final class LoanTrail {

    private record PrincipalChange(LocalDate valueDate, BigDecimal amount) {}

    private static final int CENTS = 2;

    private final String loanId;
    private final Findings findings;
    private final Map<Account, BigDecimal> book = new EnumMap<>(Account.class);
    private final Set<String> creditedProofs = new HashSet<>();
    private final Set<String> appliedPayments = new HashSet<>();
    private final List<PrincipalChange> principal = new ArrayList<>();
    private BigDecimal interestPosted = BigDecimal.ZERO;
    private BigDecimal deposited = BigDecimal.ZERO;
    private BigDecimal held = BigDecimal.ZERO;
    private BigDecimal sold = BigDecimal.ZERO;
    private BigDecimal released = BigDecimal.ZERO;
    private BigDecimal reverted = BigDecimal.ZERO;
    private BigDecimal missing = BigDecimal.ZERO;
    private int rank;
    private boolean closed;
    private boolean frozen;
    private @Nullable String openCase;
    private @Nullable ProductTerms terms;
    private @Nullable Position balances;

    LoanTrail(String loanId, Findings findings) {
        this.loanId = loanId;
        this.findings = findings;
    }

    /** Follows the next record of the loan. */
    void follow(JournalEntry entry) {
        LoanEvent event = entry.event();
        findings.check(
                NO_ACTIVITY_AFTER_CLOSE,
                !closed || mayFollowClose(event),
                () -> loanId + ": " + event + " after the close");
        for (Entry line : entry.entries()) {
            book.merge(line.account(), line.amount(), BigDecimal::add);
        }
        addUp(event);
        balances = entry.balances();
        if (balances != null) {
            compare(balances);
        }
    }

    /** Late money, money and coin that others take back, and what they say of it. */
    private static boolean mayFollowClose(LoanEvent event) {
        return event instanceof LoanEvent.MoneySuspended
                || event instanceof LoanEvent.RepaymentReversed
                || event instanceof LoanEvent.SurplusReturned
                || event instanceof LoanEvent.SaleProceedsReceived
                || event instanceof LoanEvent.CollateralLockReverted
                || event instanceof LoanEvent.PendingLockReverted
                || event instanceof LoanEvent.ClaimDenied
                || event instanceof LoanEvent.CollateralDelivered
                || event instanceof LoanEvent.CollateralReturned
                || event instanceof LoanEvent.OverfillPosted
                || event instanceof LoanEvent.DeskClaimPosted
                || event instanceof LoanEvent.ComplianceChanged
                || event instanceof LoanEvent.ReconciliationDifferenceFound
                || event instanceof LoanEvent.ReconciliationDifferenceSettled;
    }

    private void addUp(LoanEvent event) {
        // What moves nothing here is left out on purpose; a new kind of movement would show in the comparison with the
        // balances.
        if (event instanceof LoanEvent.TermsBound e) {
            terms = e.terms();
        } else if (event instanceof LoanEvent.CollateralCredited e) {
            once(creditedProofs, e.proof(), "credited twice");
            deposited = deposited.add(e.quantity().amount());
            held = held.add(e.quantity().amount());
        } else if (event instanceof LoanEvent.CollateralLockReverted e) {
            held = held.subtract(e.fromHeld().amount());
            missing = missing.add(e.missing().amount());
            reverted = reverted.add(e.fromHeld().amount()).add(e.missing().amount());
        } else if (event instanceof LoanEvent.CollateralReleased e) {
            held = held.subtract(e.quantity().amount());
            released = released.add(e.quantity().amount());
        } else if (event instanceof LoanEvent.CollateralReleaseInstructed) {
            findings.check(NO_RELEASE_WHILE_LIQUIDATING, openCase == null, () -> loanId + " during " + openCase);
        } else if (event instanceof LoanEvent.CollateralDelivered e) {
            missing = missing.add(e.excess().amount());
            reverted = reverted.add(e.excess().amount());
        } else if (event instanceof LoanEvent.ComplianceChanged e) {
            frozen = e.frozen();
        } else if (!isMoney(event) && !isCase(event)) {
            moveOn(event);
        }
    }

    private boolean isMoney(LoanEvent event) {
        if (event instanceof LoanEvent.DisbursementConfirmed e) {
            reach(3, event);
            principal.add(new PrincipalChange(e.valueDate(), e.amount().amount()));
        } else if (event instanceof LoanEvent.InterestPosted e) {
            interest(e);
        } else if (event instanceof LoanEvent.RepaymentApplied e) {
            once(appliedPayments, e.paymentReference(), "applied twice");
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.RepaymentReversed e) {
            if (e.reappliedFor() != null) {
                appliedPayments.remove(e.paymentReference()); // its money is applied anew
            }
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.DisbursementReturned e) {
            paid(e.allocation(), e.valueDate());
        } else {
            return false;
        }
        return true;
    }

    private boolean isCase(LoanEvent event) {
        if (event instanceof LoanEvent.LiquidationRequested e) {
            findings.check(ONE_OPEN_CASE, openCase == null, () -> loanId + ": " + e.caseId() + " during " + openCase);
            openCase = e.caseId();
        } else if (event instanceof LoanEvent.SaleSettled e) {
            BigDecimal kept =
                    e.liquidationFee().plus(e.penalty()).plus(e.stabilised()).amount();
            findings.check(
                    CASH_CONSERVATION,
                    same(e.gross().amount(), e.allocation().total().amount().add(kept)),
                    () -> loanId + ": of " + e.gross() + " came " + e.allocation() + ", charges and stabilised "
                            + kept);
            held = held.subtract(e.sold().amount());
            sold = sold.add(e.sold().amount());
            paid(e.allocation(), e.valueDate());
        } else if (event instanceof LoanEvent.LiquidationClosed e) {
            end(e.caseId());
        } else if (event instanceof LoanEvent.LiquidationDeclined e) {
            end(e.caseId());
        } else {
            return false;
        }
        return true;
    }

    private void end(String caseId) {
        findings.check(
                ONE_OPEN_CASE, caseId.equals(openCase), () -> loanId + ": the end of " + caseId + ", open " + openCase);
        openCase = null;
    }

    private void moveOn(LoanEvent event) {
        if (event instanceof LoanEvent.LoanRequested) {
            reach(1, event);
        } else if (event instanceof LoanEvent.LoanIssued) {
            reach(2, event);
        } else if (event instanceof LoanEvent.ShortfallRecorded) {
            reach(4, event);
        } else if (event instanceof LoanEvent.LoanRepaid || event instanceof LoanEvent.LoanCancelled) {
            reach(5, event);
        } else if (event instanceof LoanEvent.LoanClosed) {
            reach(6, event);
            closed = true;
        }
    }

    private void reach(int next, LoanEvent event) {
        findings.check(MONOTONE_STATES, next > rank, () -> loanId + ": " + event + " at stage " + rank);
        rank = next;
    }

    private void once(Set<String> seen, String what, String sentence) {
        findings.check(NO_DOUBLE_CREDIT, seen.add(what), () -> loanId + ": " + what + " " + sentence);
    }

    private void paid(Allocation allocation, LocalDate valueDate) {
        principal.add(
                new PrincipalChange(valueDate, allocation.principal().amount().negate()));
    }

    /**
     * Posted so far = half-even of the sum of each change of principal x its part of a year x rate. Example: 10,000.00 for 3 days at 9 %
     * is 7.397... by ACT/365F, posted 7.40.
     */
    private void interest(LoanEvent.InterestPosted posted) {
        interestPosted = interestPosted.add(posted.amount().amount());
        if (terms == null || !terms.interest().isPlain()) {
            return; // other rates are recomputed by the checker alone
        }
        InterestTerms interest = terms.interest();
        if (interest.rate() instanceof Rate.Referenced || interest.compounding() != Compounding.SIMPLE) {
            return; // the checker follows these, with the fixings
        }
        BigDecimal principalDays = BigDecimal.ZERO;
        for (PrincipalChange change : principal) {
            // Both counted from the payout, the first change: 30/360 does not count a part of a period as what is left
            // of it.
            LocalDate start = principal.getFirst().valueDate();
            if (change.valueDate().isBefore(posted.through())) {
                BigDecimal weight = weight(interest, start, change.valueDate(), posted.through());
                principalDays = principalDays.add(change.amount().multiply(weight));
            }
        }
        BigDecimal expected = principalDays
                .multiply(new BigDecimal(interest.factor()))
                .divide(new BigDecimal(interest.divisor()), CENTS, RoundingMode.HALF_EVEN);
        findings.check(
                INTEREST_DETERMINISM,
                expected.compareTo(interestPosted) == 0,
                () -> loanId + ": posted " + interestPosted + " through " + posted.through() + ", due " + expected);
    }

    private static BigDecimal weight(InterestTerms interest, LocalDate start, LocalDate from, LocalDate to) {
        return interest.rate() instanceof Rate.Stepped
                ? RateCurve.stated(interest, start).weight(from, to)
                : BigDecimal.valueOf(interest.dayCount().unitsBetween(start, to)
                        - interest.dayCount().unitsBetween(start, from));
    }

    private void compare(Position recorded) {
        Collateral coin = recorded.collateral();
        boolean same = same(coin.deposited().amount(), deposited)
                && same(coin.held().amount(), held)
                && same(coin.sold().amount(), sold)
                && same(coin.released().amount(), released)
                && same(coin.reverted().amount(), reverted)
                && same(coin.missing().amount(), missing);
        boolean conserved =
                same(deposited.add(missing), held.add(sold).add(released).add(reverted));
        boolean within = held.signum() >= 0
                && coin.reserved().plus(coin.releasing()).amount().compareTo(held) <= 0;
        findings.check(
                COLLATERAL_CONSERVATION,
                same && conserved && within,
                () -> loanId + ": recorded " + coin + ", the events give held " + held + ", sold " + sold);
        Debt debt = recorded.debt();
        findings.check(
                DEBT_CONSERVATION,
                same(debt.principal().amount(), in(Account.PRINCIPAL_RECEIVABLE))
                        && same(debt.interest().amount(), in(Account.INTEREST_RECEIVABLE))
                        && same(debt.fees().amount(), in(Account.FEES_RECEIVABLE))
                        && same(debt.charges().costs().amount(), in(Account.COSTS_RECEIVABLE))
                        && same(debt.charges().penalties().amount(), in(Account.PENALTIES_RECEIVABLE)),
                () -> loanId + ": recorded " + debt + ", the postings give " + book);
        Settlement money = recorded.settlement();
        findings.check(
                CASH_CONSERVATION,
                same(money.clearing().amount(), in(Account.DESK_RECEIVABLE))
                        && same(
                                money.surplusOwed().plus(money.surplusPaying()).amount(),
                                in(Account.SURPLUS_PAYABLE).negate())
                        && same(
                                money.stabilised().amount(),
                                in(Account.STABILISED_PAYABLE).negate()),
                () -> loanId + ": recorded " + money + ", the postings give " + book);
    }

    /** Debit less credit of the loan's postings to an account. */
    BigDecimal in(Account account) {
        return book.getOrDefault(account, BigDecimal.ZERO);
    }

    /** As last recorded; null before terms are bound. */
    @Nullable
    Position balances() {
        return balances;
    }

    @Nullable
    ProductTerms terms() {
        return terms;
    }

    /** Disbursed, not repaid, not given up, under no hold, and no sale is open: the next breach must lead to one. */
    boolean isWatched() {
        return rank == 3 && openCase == null && !frozen;
    }

    private static boolean same(BigDecimal one, BigDecimal other) {
        return one.compareTo(other) == 0;
    }
}
