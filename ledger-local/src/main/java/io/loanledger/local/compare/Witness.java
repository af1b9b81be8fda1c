package io.loanledger.local.compare;

import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Settlement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one loan from outside: counts what happens to it, keeps its own books of coin and money, reckons its debt by the plain formula
 * and holds every call and sale against the lender's {@link Published page}. It asks the ledger's rules nothing.
 */
final class Witness {
    /** Less than this is not sold. */
    private static final BigDecimal LOT = new BigDecimal("0.0001");

    private static final int KEY_SCALE = 8;
    private static final int SECONDS_IN_DAY = 86_400;

    private final Published published;
    private final LenderFigures figures;
    private final String where;
    private final List<Violation> violations = new ArrayList<>();
    private final OwnBooks books = new OwnBooks();
    private @Nullable OwnDebt debt;
    private BigDecimal charged = BigDecimal.ZERO;
    private BigDecimal surplus = BigDecimal.ZERO;
    /** Proceeds that stay collateral. */
    private BigDecimal kept = BigDecimal.ZERO;

    private BigDecimal price = BigDecimal.ZERO;
    private LocalDate today = LocalDate.EPOCH;
    /** The price at which the published limit is met, a little above at most; null when it has to be reckoned anew. */
    private @Nullable BigDecimal breachAt;

    Witness(Published published, LenderFigures figures, String where) {
        this.published = published;
        this.figures = figures;
        this.where = where;
    }

    List<Violation> violations() {
        return violations;
    }

    void found(Violation.Invariant invariant, String what) {
        violations.add(new Violation(invariant, where, what));
    }

    /** Whether the lender's page leaves the loan alone at a price: no call, no sale. */
    boolean isQuietAt(BigDecimal atPrice, Instant at) {
        OwnDebt own = debt;
        return own != null && !published.first().isMetBy(own.exposure(dateOf(at)), books.locked.multiply(atPrice));
    }

    // --- what the world did ------------------------------------------------------------------------------------------

    void priceIs(BigDecimal next, Instant at) {
        price = next;
        long day = Math.floorDiv(at.getEpochSecond(), SECONDS_IN_DAY);
        if (day != today.toEpochDay()) {
            today = LocalDate.ofEpochDay(day);
            breachAt = null;
        }
    }

    void locked(BigDecimal coins) {
        books.locked = books.locked.add(coins);
        breachAt = null;
    }

    void paidOut(BigDecimal principal, Instant at) {
        books.paidOut = books.paidOut.add(principal);
        debt = new OwnDebt(published, principal, dateOf(at));
    }

    void repaid(BigDecimal amount, Instant at) {
        books.repaid = books.repaid.add(amount);
        pay(amount, at);
    }

    void filled(BigDecimal coins, BigDecimal proceeds, Instant at) {
        books.filled = books.filled.add(coins);
        books.proceeds = books.proceeds.add(proceeds);
        figures.sold = figures.sold.add(coins);
        figures.proceeds = figures.proceeds.add(proceeds);
        BigDecimal charge = published.charge().on(proceeds, owed().owed(dateOf(at)));
        charged = charged.add(charge);
        figures.charged = figures.charged.add(charge);
        if (published.keepsMoney()) {
            keep(proceeds.subtract(charge));
        } else {
            figures.surplus = figures.surplus.add(pay(proceeds.subtract(charge), at));
        }
    }

    /** Coin was bought again with money that had been kept. */
    void boughtBack(BigDecimal coins, BigDecimal spent) {
        books.locked = books.locked.add(coins);
        books.spent = books.spent.add(spent);
        keep(spent.negate());
    }

    private void keep(BigDecimal money) {
        kept = kept.add(money);
        figures.kept = figures.kept.add(money);
        breachAt = null;
    }

    /** Kept money pays the debt when it covers no more than that, or when nothing is owed any more. */
    private void applied(LocalDate day) {
        if (owed().owed(day).signum() > 0
                && owed().exposure(day).compareTo(coins().multiply(price).add(kept)) < 0) {
            found(Violation.Invariant.NO_SALE_WITHOUT_BREACH, "kept money was applied at " + figuresNow());
        }
        BigDecimal money = kept;
        keep(money.negate());
        BigDecimal over = owed().pay(money, day);
        surplus = surplus.add(over);
        figures.surplus = figures.surplus.add(over);
    }

    void sentBack(BigDecimal coins) {
        books.sentBack = books.sentBack.add(coins);
        breachAt = null;
    }

    void surplusPaid(BigDecimal amount) {
        books.surplusPaid = books.surplusPaid.add(amount);
    }

    private BigDecimal pay(BigDecimal amount, Instant at) {
        BigDecimal over = owed().pay(amount, dateOf(at));
        surplus = surplus.add(over);
        breachAt = null;
        return over;
    }

    // --- what the ledger said ----------------------------------------------------------------------------------------

    void saw(LoanEvent event, Loan after) {
        books.post(event);
        if (event instanceof LoanEvent.MarginNoticeIssued notice) {
            figures.notices++;
            acted("notice", notice.rung());
        } else if (event instanceof LoanEvent.MarginCallIssued call) {
            figures.calls++;
            acted("call", call.rung());
        } else if (event instanceof LoanEvent.MarginCallAccelerated call) {
            figures.accelerated++;
            acted("faster call", call.rung());
        } else if (event instanceof LoanEvent.MarginCallCured) {
            figures.cures++;
        } else if (event instanceof LoanEvent.MarginCallExpired) {
            figures.expired++;
        } else if (event instanceof LoanEvent.StabilisedApplied money) {
            applied(money.valueDate());
        } else if (event instanceof LoanEvent.InstalmentDue due) {
            BigDecimal interest = owed().interestThrough(due.dueOn()).subtract(owed().interestPaid());
            same("instalment's interest", interest, due.interest().amount());
        } else if (event instanceof LoanEvent.LiquidationRequested request) {
            judge(request, after);
        } else if (event instanceof LoanEvent.LiquidationClosed closed
                && closed.cumQuantity().isPositive()) {
            figures.liquidations++;
        } else if (event instanceof LoanEvent.ShortfallRecorded recorded) {
            figures.shortfalls++;
            figures.shortfall = figures.shortfall.add(recorded.amount().amount());
        }
    }

    private void acted(String what, int rung) {
        if (!isMet(published.rung(rung))) {
            found(Violation.Invariant.NO_CALL_WITHOUT_BREACH, what + " of rung " + rung + " at " + figuresNow());
        }
    }

    private void judge(LoanEvent.LiquidationRequested request, Loan after) {
        Published.Limit cure = published.cure();
        boolean breached = isMet(published.hard());
        boolean ranOut = request.reason() == CaseReason.CALL_EXPIRED
                && after.marginCall() != null
                && cure != null
                && isMet(cure);
        if (!breached && !ranOut) {
            found(
                    Violation.Invariant.NO_SALE_WITHOUT_BREACH,
                    request.reason() + " of " + request.reserved() + " at " + figuresNow());
        }
    }

    /** After the price was told: beyond the published limit a sale must be open. */
    void afterPrice(Loan loan) {
        if (loan.status() != LoanStatus.ACTIVE || loan.openCase() != null) {
            return;
        }
        BigDecimal edge = breachAt;
        if (edge == null) {
            if (coins().compareTo(LOT) < 0) {
                return;
            }
            Published.Limit hard = published.hard();
            edge = owed().exposure(today)
                    .multiply(hard.debt())
                    .divide(hard.value(), KEY_SCALE, RoundingMode.CEILING)
                    .subtract(kept)
                    .divide(coins(), KEY_SCALE, RoundingMode.CEILING);
            breachAt = edge;
        }
        if (price.compareTo(edge) <= 0 && isMet(published.hard())) {
            found(Violation.Invariant.NO_BREACH_WITHOUT_SALE, "nothing is sold at " + figuresNow());
        }
    }

    /** The loan as it stands in the end against everything that was written down. */
    void ended(Loan loan) {
        figures.loans++;
        figures.lent = figures.lent.add(books.paidOut);
        if (books.filled.signum() > 0) {
            figures.loansSold++;
        }
        books.compare(loan, charged, this::found);
        Debt theirs = loan.debt();
        OwnDebt own = owed();
        same("principal", own.principal(), theirs.principal().amount());
        LocalDate accruedTo = theirs.accruedTo();
        if (accruedTo != null) {
            BigDecimal borne = own.interestThrough(accruedTo);
            same("interest borne", borne, theirs.interestPosted().amount());
            same(
                    "interest owed",
                    borne.subtract(own.interestPaid()),
                    theirs.interest().amount());
        }
        Settlement money = loan.settlement();
        same("money kept", kept, money.stabilised().amount());
        same(
                "surplus",
                surplus.subtract(books.surplusPaid),
                money.surplusOwed().plus(money.surplusPaying()).amount());
    }

    private void same(String name, BigDecimal ours, BigDecimal theirs) {
        if (ours.compareTo(theirs) != 0) {
            found(
                    Violation.Invariant.MONEY_CONSERVED,
                    name + " is " + ours.toPlainString() + ", the ledger says " + theirs.toPlainString());
        }
    }

    private boolean isMet(Published.Limit limit) {
        return limit.isMetBy(owed().exposure(today), coins().multiply(price).add(kept));
    }

    private BigDecimal coins() {
        return books.locked.subtract(books.filled).subtract(books.sentBack);
    }

    private OwnDebt owed() {
        if (debt == null) {
            throw new IllegalStateException(where + " was never paid out");
        }
        return debt;
    }

    private String figuresNow() {
        return "%s USD on %s BTC at %s and %s USD"
                .formatted(
                        owed().exposure(today)
                                .setScale(4, RoundingMode.HALF_EVEN)
                                .toPlainString(),
                        coins().toPlainString(),
                        price.toPlainString(),
                        kept.toPlainString());
    }

    private static LocalDate dateOf(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
