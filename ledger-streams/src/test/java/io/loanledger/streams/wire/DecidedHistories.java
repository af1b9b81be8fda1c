package io.loanledger.streams.wire;

import static io.loanledger.streams.wire.RandomCore.BTC;
import static io.loanledger.streams.wire.RandomCore.USD;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.money.Asset;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A partition that lives through random but possible facts and prices, decided by the core itself, with its journal kept beside it.
 * Most inputs answer to what the loan waits for, so that histories get far.
 */
final class DecidedHistories implements Circumstances {
    private static final Instant START = Instant.parse("2020-03-01T00:00:00Z");

    final Map<String, StoredLoan> loans = new HashMap<>();
    final List<byte[]> journal = new ArrayList<>();

    private final Random random;
    private final JournalCodec codec;
    private Instant now = START;
    private IndexPrice index;
    private long offset;

    DecidedHistories(long seed, JournalCodec codec) {
        random = new Random(seed);
        this.codec = codec;
        index = price(new BigDecimal("8000.00"));
    }

    void live(int loanCount, int inputs) {
        for (int i = 0; i < inputs; i++) {
            now = now.plusSeconds(random.nextInt(7_200));
            if (random.nextInt(3) == 0) {
                movePrice(loanCount);
            } else {
                Loan loan = loan("loan-" + random.nextInt(loanCount));
                decide(loan, input(loan));
            }
        }
    }

    private Loan loan(String loanId) {
        StoredLoan stored = loans.get(loanId);
        return stored == null ? Loan.unknown(loanId) : stored.loan();
    }

    private void movePrice(int loanCount) {
        BigDecimal factor = BigDecimal.valueOf(random.nextInt(900, 1_095), 3);
        BigDecimal moved = index.price().multiply(factor).setScale(2, RoundingMode.HALF_EVEN);
        index = price(moved.max(new BigDecimal("2500.00")).min(new BigDecimal("20000.00")));
        for (int i = 0; i < loanCount; i++) {
            decide(loan("loan-" + i), new LoanInput.TimePassed(now));
            decide(loan("loan-" + i), new LoanInput.PriceObserved(index));
        }
    }

    private IndexPrice price(BigDecimal value) {
        return new IndexPrice("BTC-USD", 1, offset + 1, now, value, IndexState.LIVE, "", 3, List.of());
    }

    /** What the world would say next to this loan. */
    private LoanInput input(Loan loan) {
        FactHead head = new FactHead("e-" + offset, now.minusSeconds(random.nextInt(90_000)), "p", offset, now);
        List<LoanInput> possible = new ArrayList<>(List.of(
                new LoanInput.RepaymentReceived(head, "ref-" + offset, dollars(random.nextInt(1, 4_000))),
                new LoanInput.CollateralReleaseRequested(head, coins(random.nextInt(1, 100))),
                new LoanInput.CollateralLocked(head, "proof-" + offset, coins(random.nextInt(1, 300)))));
        if (random.nextInt(10) == 0) {
            possible.add(new LoanInput.ComplianceStatusChanged(head, random.nextBoolean(), "order"));
        }
        if (loan.application() == null) {
            return new LoanInput.LoanRequested(head, "b", "btc-24h", dollars(random.nextInt(500, 9_000)), "BTC");
        }
        for (Pledge pledge : loan.pledges()) {
            if (pledge.stage() == Pledge.Stage.LOCKED) {
                return new LoanInput.ClaimGranted(pledge.proof());
            }
            if (random.nextInt(20) == 0) {
                possible.add(new LoanInput.CollateralLockReverted(head, pledge.proof(), "reorganised"));
            }
        }
        possible.add(new LoanInput.CustodyStatement(head, coins(random.nextInt(1, 50))));
        Disbursement disbursement = loan.disbursement();
        if (disbursement != null && disbursement.stage() == Disbursement.Stage.INSTRUCTED) {
            return new LoanInput.DisbursementConfirmed(
                    head,
                    disbursement.disbursementId(),
                    new Stated(disbursement.amount().amount(), "USD"));
        }
        LiquidationCase open = loan.openCase();
        if (open != null) {
            possible.add(settled(open));
            possible.add(settled(open));
            possible.add(new LoanInput.AmendmentAcknowledged(
                    open.caseId(), open.version(), open.cumQuantity().amount()));
            possible.add(
                    new LoanInput.LiquidationDeclined(open.caseId(), open.version(), "EVIDENCE_TOO_OLD", 1, offset));
        }
        for (Instruction instruction : loan.instructions()) {
            possible.add(
                    switch (instruction.kind()) {
                        case RELEASE_COLLATERAL, RETURN_PLEDGE ->
                            new LoanInput.CollateralReleased(
                                    head, instruction.instructionId(), new Stated(instruction.amount(), "BTC"));
                        case PAY_SURPLUS ->
                            new LoanInput.SurplusPaid(
                                    head, instruction.instructionId(), new Stated(instruction.amount(), "USD"));
                        case BUY_BACK ->
                            new LoanInput.CollateralReconverted(
                                    head,
                                    instruction.instructionId(),
                                    coins(1),
                                    new Stated(instruction.amount(), "USD"));
                    });
        }
        for (Payment payment : loan.payments()) {
            if (random.nextInt(12) == 0) {
                possible.add(new LoanInput.RepaymentReversed(
                        head,
                        payment.paymentReference(),
                        new Stated(payment.allocation().total().amount(), "USD"),
                        "recalled"));
            }
        }
        loan.closedCases().forEach(closed -> {
            possible.add(new LoanInput.SaleProceedsReceived(
                    head, closed.caseId(), "desk-" + offset, dollars(random.nextInt(1, 5_000))));
            possible.add(new LoanInput.CollateralDelivered(head, closed.caseId(), coins(random.nextInt(1, 50))));
            possible.add(new LoanInput.CollateralReturned(head, closed.caseId(), coins(random.nextInt(1, 50))));
        });
        return possible.get(random.nextInt(possible.size()));
    }

    private LoanInput settled(LiquidationCase open) {
        boolean all = random.nextBoolean();
        BigDecimal quantity =
                all ? open.reserved().amount() : open.reserved().amount().divide(BigDecimal.TWO, 8, RoundingMode.DOWN);
        BigDecimal gross = quantity.multiply(index.price()).setScale(2, RoundingMode.DOWN);
        return new LoanInput.LiquidationSettled(
                open.caseId(), open.version(), quantity, gross, new BigDecimal("1.25"), all);
    }

    private static Stated dollars(int whole) {
        return new Stated(new BigDecimal(whole + ".00"), "USD");
    }

    private static Stated coins(int hundredths) {
        return new Stated(BigDecimal.valueOf(hundredths, 2), "BTC");
    }

    private void decide(Loan loan, LoanInput input) {
        if (LoanDecider.decide(loan, input, this) instanceof Decision.Accepted accepted) {
            FactHead head = input.factHead();
            Cause cause = head == null
                    ? Cause.withoutEventId("t", 0, offset)
                    : new Cause("t", 0, offset, head.eventId(), head.contentDigest(), head.occurredAt());
            int step = 1;
            for (Decision.Step next : accepted.steps()) {
                append(next, cause, step++);
            }
        }
        offset++;
    }

    private void append(Decision.Step step, Cause cause, int number) {
        Loan after = step.after();
        JournalHeader header = new JournalHeader(
                journal.size() + 1,
                0,
                after.loanId(),
                after.version(),
                cause,
                now,
                List.of(new IndexPosition("BTC-USD", index.epoch(), index.sequence())),
                1,
                1,
                number,
                journal.isEmpty() ? ChainHash.GENESIS : ChainHash.endOf(journal.getLast()));
        byte[] value = codec.encode(header, step.event(), LoanPostings.of(step.event()), after.position());
        journal.add(value);
        loans.put(after.loanId(), new StoredLoan(after, header.sequence(), ChainHash.endOf(value)));
    }

    // --- circumstances -----------------------------------------------------------------------------------------------

    @Override
    public Instant taskTime() {
        return now;
    }

    @Override
    public ProductTerms newestTerms(String productId) {
        return SampleLoan.TERMS;
    }

    @Override
    public @Nullable Asset asset(String code) {
        return code.equals("BTC") ? BTC : code.equals("USD") ? USD : null;
    }

    @Override
    public IndexPrice price(String market) {
        return index;
    }

    @Override
    public boolean isFresh(String market) {
        return true;
    }
}
