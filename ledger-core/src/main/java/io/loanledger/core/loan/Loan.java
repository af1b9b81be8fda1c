package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.WaterfallTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the ledger knows of one loan: the fold of its journal. Immutable; {@link LoanEvolution} makes the next one.
 *
 * @param loanId the lender's id
 * @param version number of events so far
 * @param status where it stands
 * @param frozen under a compliance hold: nothing is released and nothing is sold
 * @param quarantine the broken invariant for which nothing is decided any more; null while the loan is sound
 * @param application the request; null while only facts came
 * @param agreement the terms it keeps; null until they are bound
 * @param position debt, collateral and money; null until terms are bound
 * @param pledges every piece of coin reported for it
 * @param disbursement its payout, of a line the first; null until issued
 * @param marginCall the call that is not cured; null when there is none
 * @param openCase the liquidation case; null when there is none
 * @param backOff how long it waits before it asks again for a sale; null when the last request was not declined
 * @param closedCases what the desk sold in earlier cases
 * @param payments repayments as they were applied
 * @param instructions not confirmed yet
 * @param suspense money nobody could be credited with, one entry a currency
 * @param counters for the next ids
 * @param memory the facts it has seen
 * @param reconciliation how far custodian and desk agree
 * @param releasedOn day of the last release under release terms; null for none
 * @param servicing what of its schedule has fallen due
 * @param reached the highest rung of the ladder that gave notice or sold and is not armed again; 0 for none
 * @param draws what was drawn of a line after the first payout
 */
public record Loan(
        String loanId,
        long version,
        LoanStatus status,
        boolean frozen,
        @Nullable Quarantine quarantine,
        @Nullable Application application,
        @Nullable Agreement agreement,
        @Nullable Position position,
        List<Pledge> pledges,
        @Nullable Disbursement disbursement,
        @Nullable MarginCall marginCall,
        @Nullable LiquidationCase openCase,
        @Nullable BackOff backOff,
        List<ClosedCase> closedCases,
        List<Payment> payments,
        List<Instruction> instructions,
        List<Money> suspense,
        Counters counters,
        LoanMemory memory,
        Reconciliation reconciliation,
        @Nullable LocalDate releasedOn,
        Servicing servicing,
        int reached,
        Draws draws) {
    public Loan {
        pledges = List.copyOf(pledges);
        closedCases = List.copyOf(closedCases);
        payments = List.copyOf(payments);
        instructions = List.copyOf(instructions);
        suspense = List.copyOf(suspense);
    }

    /** A loan of which nothing is known yet. */
    public static Loan unknown(String loanId) {
        return new Loan(
                loanId,
                0,
                LoanStatus.UNKNOWN,
                false,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Counters.ZERO,
                LoanMemory.EMPTY,
                Reconciliation.NONE,
                null,
                Servicing.NONE,
                0,
                Draws.NONE);
    }

    /** The terms; a bug to ask before they are bound. */
    public Agreement terms() {
        return Objects.requireNonNull(agreement, "no terms are bound yet");
    }

    /** The position; a bug to ask before terms are bound. */
    public Position held() {
        return Objects.requireNonNull(position, "no terms are bound yet");
    }

    public Debt debt() {
        return held().debt();
    }

    /** The day on which the loan is due; null before its money is out, and for a line without a term. */
    public @Nullable LocalDate maturity() {
        LocalDate startedOn = position == null ? null : position.debt().startedOn();
        return startedOn == null ? null : terms().maturity(startedOn);
    }

    /** What is paid out first: all of the principal, or the first draw of a line. */
    public Money firstPayout() {
        if (disbursement != null) {
            return disbursement.amount();
        }
        BigDecimal firstDraw = application == null ? null : application.firstDraw();
        return firstDraw == null
                ? terms().principal()
                : new Money(firstDraw, terms().principal().currency());
    }

    /** What of it reaches the borrower: all of it, less the fee that is kept. */
    Money paidOut() {
        return firstPayout().minus(originationFee());
    }

    /** The fee kept from the first payout; none that could be told after a rollover. */
    public Money originationFee() {
        OriginationTerms origination = terms().terms().agreed().origination();
        Money payout = firstPayout();
        return origination == null || terms().isRolledOver()
                ? Money.zero(payout.currency())
                : origination.feeOf(payout);
    }

    WaterfallTerms waterfall() {
        return terms().terms().agreed().waterfall();
    }

    /** How money would be spread over what is owed now. */
    Allocation spread(Money money) {
        return spread(debt(), money);
    }

    /** How money would be spread over another debt of this loan, with what is due of it now. */
    Allocation spread(Debt debt, Money money) {
        return Waterfall.spread(waterfall(), debt, servicing.dues(), money);
    }

    public Collateral collateral() {
        return held().collateral();
    }

    /** The coin of one of its assets. */
    public Collateral coin(Asset asset) {
        return held().coin(asset);
    }

    /** All of its coins, in the order of the terms, which is that of their sale; never empty. */
    public List<Collateral> coins() {
        if (held().further().isEmpty()) {
            return List.of(collateral());
        }
        List<Collateral> coins = new ArrayList<>();
        for (CollateralTerms taken : terms().terms().collateral()) {
            boolean own = taken.asset().equals(terms().collateralAsset());
            if (own || held().further().stream().anyMatch(coin -> coin.asset().equals(taken.asset()))) {
                coins.add(coin(taken.asset()));
            }
        }
        return coins;
    }

    /** Whether more than its own coin may decide about it. */
    boolean isMixed() {
        return position != null && !position.further().isEmpty();
    }

    /** Whether anything secures it. */
    boolean isSecured() {
        return collateral().pledged().isPositive()
                || held().further().stream().anyMatch(coin -> coin.pledged().isPositive());
    }

    public Settlement settlement() {
        return held().settlement();
    }

    public Optional<Pledge> pledge(String proof) {
        for (Pledge pledge : pledges) {
            if (pledge.proof().equals(proof)) {
                return Optional.of(pledge);
            }
        }
        return Optional.empty();
    }

    public Optional<Instruction> instruction(String instructionId) {
        return instructions.stream()
                .filter(i -> i.instructionId().equals(instructionId))
                .findFirst();
    }

    public Optional<Payment> payment(String reference) {
        for (Payment payment : payments) {
            if (payment.paymentReference().equals(reference)) {
                return Optional.of(payment);
            }
        }
        return Optional.empty();
    }

    public Optional<ClosedCase> closedCase(String caseId) {
        return closedCases.stream().filter(c -> c.caseId().equals(caseId)).findFirst();
    }

    /** The market whose price decides about this loan; null until terms are bound. */
    public @Nullable String market() {
        return agreement == null ? null : agreement.market();
    }

    // --- the next loan, one aspect changed; only LoanEvolution calls these
    // ---------------------------------------------

    /** Whether a sale that would be asked for at this task time has to wait, after declines. */
    public boolean waitsAt(Instant taskTime) {
        return backOff != null && backOff.holdsAt(taskTime);
    }

    /**
     * The same loan, remembering a fact. Not an event: the journal record's cause says it.
     *
     * @param occurredAt the fact's value time
     * @param taskTime the ledger's clock
     */
    public Loan remembering(long eventDigest, long contentDigest, Instant occurredAt, Instant taskTime) {
        if (memory.find(eventDigest).isPresent()) {
            return this;
        }
        SeenFact fact = new SeenFact(eventDigest, contentDigest, occurredAt.isAfter(taskTime) ? occurredAt : taskTime);
        return edit(e -> e.memory = memory.with(fact, taskTime));
    }

    Loan edit(java.util.function.Consumer<Editor> change) {
        Editor editor = new Editor(this);
        change.accept(editor);
        return editor.loan();
    }

    /** The mutable moment between two loans; never leaves {@link #edit}. */
    static final class Editor {
        private final String loanId;
        long version;
        LoanStatus status;
        boolean frozen;

        @Nullable
        Quarantine quarantine;

        @Nullable
        Application application;

        @Nullable
        Agreement agreement;

        @Nullable
        Position position;

        List<Pledge> pledges;

        @Nullable
        Disbursement disbursement;

        @Nullable
        MarginCall marginCall;

        @Nullable
        LiquidationCase openCase;

        @Nullable
        BackOff backOff;

        List<ClosedCase> closedCases;
        List<Payment> payments;
        List<Instruction> instructions;
        List<Money> suspense;
        Counters counters;
        LoanMemory memory;
        Reconciliation reconciliation;
        Servicing servicing;
        int reached;
        Draws draws;

        @Nullable
        LocalDate releasedOn;

        private Editor(Loan loan) {
            loanId = loan.loanId;
            version = loan.version;
            status = loan.status;
            frozen = loan.frozen;
            quarantine = loan.quarantine;
            application = loan.application;
            agreement = loan.agreement;
            position = loan.position;
            pledges = loan.pledges;
            disbursement = loan.disbursement;
            marginCall = loan.marginCall;
            openCase = loan.openCase;
            backOff = loan.backOff;
            closedCases = loan.closedCases;
            payments = loan.payments;
            instructions = loan.instructions;
            suspense = loan.suspense;
            counters = loan.counters;
            memory = loan.memory;
            reconciliation = loan.reconciliation;
            releasedOn = loan.releasedOn;
            servicing = loan.servicing;
            reached = loan.reached;
            draws = loan.draws;
        }

        private Loan loan() {
            return new Loan(
                    loanId,
                    version,
                    status,
                    frozen,
                    quarantine,
                    application,
                    agreement,
                    position,
                    pledges,
                    disbursement,
                    marginCall,
                    openCase,
                    backOff,
                    closedCases,
                    payments,
                    instructions,
                    suspense,
                    counters,
                    memory,
                    reconciliation,
                    releasedOn,
                    servicing,
                    reached,
                    draws);
        }

        void putPledge(Pledge pledge) {
            List<Pledge> next = new ArrayList<>(pledges);
            next.removeIf(p -> p.proof().equals(pledge.proof()));
            next.add(pledge);
            pledges = next;
        }

        /** All the coin was counted for what was granted, or asked of the desk: none of it takes the place of other coin any more. */
        void relyOnAllCoin() {
            if (pledges.stream().anyMatch(Pledge::spare)) {
                pledges = pledges.stream().map(Pledge::reliedOn).toList();
            }
        }

        void putClosedCase(ClosedCase closed) {
            List<ClosedCase> next = new ArrayList<>(closedCases);
            next.removeIf(c -> c.caseId().equals(closed.caseId()));
            next.add(closed);
            closedCases = next;
        }

        void putPayment(Payment payment) {
            List<Payment> next = new ArrayList<>(payments);
            next.removeIf(p -> p.paymentReference().equals(payment.paymentReference()));
            next.add(payment);
            payments = next;
        }

        void addInstruction(Instruction instruction) {
            List<Instruction> next = new ArrayList<>(instructions);
            next.add(instruction);
            instructions = next;
        }

        void dropInstruction(String instructionId) {
            instructions = instructions.stream()
                    .filter(i -> !i.instructionId().equals(instructionId))
                    .toList();
        }

        void addSuspense(Money amount) {
            List<Money> next = new ArrayList<>();
            Money sum = amount;
            for (Money money : suspense) {
                if (money.currency().equals(amount.currency())) {
                    sum = sum.plus(money);
                } else {
                    next.add(money);
                }
            }
            next.add(sum);
            suspense = next;
        }
    }
}
