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

import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.streams.wire.JournalEntry;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One loan's way through the journal, followed with plain sums and flags: what the events say is added up again and compared with the
 * balances that the records carry, and its interest is told again ({@link InterestTrail}, {@link PenaltyTrail}).
 */
final class LoanTrail {

    private final String loanId;
    private final Findings findings;
    private final Map<Account, BigDecimal> book = new EnumMap<>(Account.class);
    private final Set<String> creditedProofs = new HashSet<>();
    private final Set<String> appliedPayments = new HashSet<>();
    private final FixingsRead fixings;
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
    private @Nullable InterestTrail interest;
    private @Nullable PenaltyTrail penalty;
    private @Nullable Position balances;

    LoanTrail(String loanId, FixingsRead fixings, Findings findings) {
        this.loanId = loanId;
        this.fixings = fixings;
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
        followInterest(entry);
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
            interest = new InterestTrail(e.terms(), fixings);
            penalty = new PenaltyTrail(e.terms());
        } else if (event instanceof LoanEvent.LoanAmended e) {
            terms = e.terms() == null ? terms : e.terms();
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
        } else if (event instanceof LoanEvent.CollateralReconverted e) {
            deposited = deposited.add(e.quantity().amount());
            held = held.add(e.quantity().amount());
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
            if (e.disbursementId().equals(loanId + "/disbursement")) {
                reach(3, event); // further draws move it no more
            }
        } else if (event instanceof LoanEvent.RepaymentApplied e) {
            once(appliedPayments, e.paymentReference(), "applied twice");
        } else if (event instanceof LoanEvent.RepaymentReversed e) {
            if (e.reappliedFor() != null) {
                appliedPayments.remove(e.paymentReference()); // its money is applied anew
            }
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

    private void followInterest(JournalEntry entry) {
        InterestTrail told = interest;
        PenaltyTrail onDefault = penalty;
        if (told == null || onDefault == null) {
            return;
        }
        String ofInterest = told.follow(entry);
        String ofDefault = onDefault.follow(entry.event());
        String wrong = ofInterest == null ? ofDefault : ofInterest;
        if (wrong != null || entry.event() instanceof LoanEvent.InterestPosted) {
            findings.check(INTEREST_DETERMINISM, wrong == null, () -> loanId + ": " + wrong);
        }
    }

    /** Over all of the loan's coins, as the events are summed. */
    static BigDecimal sum(Position position, Function<Collateral, Quantity> figure) {
        BigDecimal sum = figure.apply(position.collateral()).amount();
        for (Collateral further : position.further()) {
            sum = sum.add(figure.apply(further).amount());
        }
        return sum;
    }

    private void compare(Position recorded) {
        boolean same = same(sum(recorded, Collateral::deposited), deposited)
                && same(sum(recorded, Collateral::held), held)
                && same(sum(recorded, Collateral::sold), sold)
                && same(sum(recorded, Collateral::released), released)
                && same(sum(recorded, Collateral::reverted), reverted)
                && same(sum(recorded, Collateral::missing), missing);
        boolean conserved =
                same(deposited.add(missing), held.add(sold).add(released).add(reverted));
        boolean within = held.signum() >= 0
                && sum(recorded, Collateral::reserved)
                                .add(sum(recorded, Collateral::releasing))
                                .compareTo(held)
                        <= 0;
        findings.check(
                COLLATERAL_CONSERVATION,
                same && conserved && within,
                () -> loanId + ": recorded " + recorded + ", the events give held " + held + ", sold " + sold);
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
