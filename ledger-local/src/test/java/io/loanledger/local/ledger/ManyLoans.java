package io.loanledger.local.ledger;

import io.loanledger.core.loan.Loan;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Some hundred loans, each of 1 BTC, and what must become of them by plain arithmetic: principal less repayments, whatever came twice
 * and in whatever order the topics were read. All happens on one day, so that no interest falls due.
 */
final class ManyLoans {
    private static final String PRODUCER = "test";

    /** How a loan must end up: its status, debt, surplus of the borrower, margin call and sale. */
    record Outcome(String status, BigDecimal debt, BigDecimal surplus, boolean called, boolean sold) {
        static Outcome of(Loan loan) {
            return loan.position() == null
                    ? new Outcome(loan.status().name(), BigDecimal.ZERO, BigDecimal.ZERO, false, false)
                    : new Outcome(
                            loan.status().name(),
                            loan.debt().posted().amount(),
                            loan.settlement()
                                    .surplusOwed()
                                    .plus(loan.settlement().surplusPaying())
                                    .amount(),
                            loan.marginCall() != null,
                            loan.openCase() != null);
        }
    }

    private record Plan(int number, String loanId, BigDecimal principal, List<BigDecimal> repayments) {
        BigDecimal left() {
            return principal.subtract(repayments.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    private final Map<String, Plan> plans = new TreeMap<>();
    private final Instant at;

    ManyLoans(int count, long seed, Instant at) {
        this.at = at;
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            BigDecimal principal = cents(500_000 + random.nextInt(450_000));
            List<BigDecimal> repayments = new ArrayList<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                repayments.add(cents(1 + random.nextInt(100_000)));
            }
            Plan plan = new Plan(i, "many-%03d".formatted(i), principal, List.copyOf(repayments));
            if (i % 10 == 0) {
                // Repaid, and 1.23 more than was owed.
                repayments.add(plan.left().add(new BigDecimal("1.23")));
                plan = new Plan(i, plan.loanId(), principal, List.copyOf(repayments));
            }
            plans.put(plan.loanId(), plan);
        }
    }

    private static BigDecimal cents(int cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    List<String> ids() {
        return List.copyOf(plans.keySet());
    }

    /** The request and the lock; of some loans the lock first, of some both twice. */
    void open(String loanId, LedgerOnABroker world) {
        Plan plan = plan(loanId);
        boolean lockFirst = plan.number() % 5 == 1;
        boolean twice = plan.number() % 7 == 1;
        if (lockFirst) {
            lock(plan, world);
        }
        for (int times = twice ? 2 : 1; times > 0; times--) {
            world.send(
                    TopicCatalogue.LOANS,
                    loanId,
                    new LoanRequested(
                            loanId + "-request",
                            at,
                            PRODUCER,
                            loanId,
                            "borrower-" + loanId,
                            LedgerOnABroker.PRODUCT,
                            plan.principal().toPlainString(),
                            "USD",
                            "BTC",
                            null));
        }
        if (!lockFirst || twice) {
            lock(plan, world);
        }
    }

    private void lock(Plan plan, LedgerOnABroker world) {
        CollateralProof proof = new CollateralProof(
                CollateralProofKind.CUSTODIAL_ATTESTATION,
                null,
                null,
                null,
                new CustodialAttestation("vault", "coin-of-" + plan.loanId()));
        world.send(
                TopicCatalogue.COLLATERAL,
                plan.loanId(),
                new CollateralLocked(
                        plan.loanId() + "-lock", at, PRODUCER, plan.loanId(), "BTC", "1.00000000", proof, 6));
    }

    /** Confirms the payout, then repays; of some loans the confirmation comes twice, of some each repayment. */
    void paidOut(Disburse instruction, LedgerOnABroker world) {
        Plan plan = plan(instruction.getLoanId());
        String loanId = plan.loanId();
        DisbursementConfirmed confirmed = new DisbursementConfirmed(
                loanId + "-confirmed",
                at,
                PRODUCER,
                loanId,
                instruction.getInstructionId(),
                instruction.getAmount(),
                instruction.getAsset());
        for (int times = plan.number() % 4 == 1 ? 2 : 1; times > 0; times--) {
            world.send(TopicCatalogue.MOVEMENTS, loanId, confirmed);
        }
        int number = 0;
        for (BigDecimal amount : plan.repayments()) {
            String id = loanId + "-repayment-" + ++number;
            RepaymentReceived received =
                    new RepaymentReceived(id, at, PRODUCER, loanId, id, amount.toPlainString(), "USD");
            for (int times = plan.number() % 3 == 1 ? 2 : 1; times > 0; times--) {
                world.send(TopicCatalogue.MOVEMENTS, loanId, received);
            }
        }
    }

    /** By loan, at a price of a bitcoin: called from 70 % on, sold from 80 % on. */
    Map<String, Outcome> expectedAt(int price) {
        BigDecimal called = BigDecimal.valueOf(price).multiply(new BigDecimal("0.70"));
        BigDecimal sold = BigDecimal.valueOf(price).multiply(new BigDecimal("0.80"));
        Map<String, Outcome> expected = new TreeMap<>();
        for (Plan plan : plans.values()) {
            BigDecimal left = plan.left();
            boolean isSold = left.compareTo(sold) >= 0;
            boolean isCalled = !isSold && left.compareTo(called) >= 0;
            expected.put(
                    plan.loanId(),
                    new Outcome(
                            left.signum() > 0 ? "ACTIVE" : "REPAID",
                            left.max(cents(0)),
                            left.negate().max(cents(0)),
                            isCalled,
                            isSold));
        }
        return expected;
    }

    private Plan plan(String loanId) {
        Plan plan = plans.get(loanId);
        if (plan == null) {
            throw new IllegalArgumentException("no such loan: " + loanId);
        }
        return plan;
    }
}
