package io.loanledger.local.soak.world;

import io.loanledger.events.Disburse;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.MarginCallDisputeOpened;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.ScenarioClock;
import io.loanledger.local.sim.SeededChoice;
import io.loanledger.local.sim.SimulatedCustody;
import io.loanledger.local.sim.SimulatedOrigination;
import io.loanledger.local.sim.SimulatedPayments;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Borrowers, and their lender's officers, who live by the clock on the wall: of 100 called, 25 send coin and 15 pay within ten seconds, 8 do so
 * only after the deadline, 25 dispute the call where their terms let them, the rest do nothing. Of 100 disputes 40 are rejected, 30 upheld, 30
 * forgotten. Of 100 who got their money, 12 pay everything back within a minute and 15 pay a part; of those payments 10 bounce. Who has proceeds
 * kept for him pays a third of the debt, and wants coin again.
 *
 * <p>Who does what hangs on the loan and the seed alone. For the thread of its feed.
 */
final class SoakBorrowers implements TopicReader {

    private record Errand(Instant due, String id, Runnable deed) {}

    /** Of the number of a loan. */
    static final String LOAN_ID = "loan-%07d";

    private static final int NUMBER_FROM = "loan-".length();

    /** After it an objection comes too late. */
    private static final int DISPUTE_MILLIS = 10_000;

    private static final int ANSWER_MILLIS = 5_000;
    private static final Duration TO_BOUNCE = Duration.ofSeconds(7);
    private static final Duration TO_WANT_COIN = Duration.ofSeconds(20);
    private static final BigDecimal A_THIRD = new BigDecimal("0.34");
    private static final BigDecimal MARGIN = new BigDecimal("1.25");
    private static final BigDecimal WITH_INTEREST = new BigDecimal("1.01");
    private static final BigDecimal PART = new BigDecimal("0.2");
    private static final int COIN_SCALE = 8;
    private static final int MONEY_SCALE = 2;

    private final SimulatedOrigination lender;
    private final SimulatedCustody custody;
    private final SimulatedPayments payments;
    private final ScenarioClock clock;
    private final SeededChoice choice;
    private final Map<String, BigDecimal> lent = new HashMap<>();
    private final Set<String> called = new HashSet<>();
    private final PriorityQueue<Errand> errands =
            new PriorityQueue<>(Comparator.comparing(Errand::due).thenComparing(Errand::id));

    SoakBorrowers(
            SimulatedOrigination lender,
            SimulatedCustody custody,
            SimulatedPayments payments,
            ScenarioClock clock,
            SeededChoice choice) {
        this.lender = lender;
        this.custody = custody;
        this.payments = payments;
        this.clock = clock;
        this.choice = choice;
    }

    @Override
    public String name() {
        return "simulated-borrowers";
    }

    @Override
    public List<Topic> reads() {
        return List.of(
                TopicCatalogue.MARGIN_CALLS, TopicCatalogue.PAYMENT_INSTRUCTIONS, TopicCatalogue.LIQUIDATION_REPLIES);
    }

    @Override
    public void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof MarginCallIssued call && called.add(call.getCallId())) {
            answer(call);
        } else if (record instanceof Disburse disburse && called.add(disburse.getInstructionId())) {
            lent.put(disburse.getLoanId(), new BigDecimal(disburse.getAmount()));
            planRepayment(disburse.getLoanId(), new BigDecimal(disburse.getAmount()));
        } else if (record instanceof MarginCallDisputeOpened dispute && called.add(dispute.getCallId() + "/dispute")) {
            planAnswer(dispute);
        } else if (record instanceof LiquidationSettled sold && sold.getFinalSettlement()) {
            planReconversion(sold);
        }
    }

    @Override
    public void attend() {
        Instant now = clock.now();
        for (Errand next = errands.peek(); next != null && !next.due().isAfter(now); next = errands.peek()) {
            errands.remove().deed().run();
        }
    }

    private void answer(MarginCallIssued call) {
        Duration delay = Duration.ofMillis(500 + choice.below(10_000, "delay", call.getCallId()));
        int hundredth = choice.below(100, "answer", call.getCallId());
        if (hundredth < 25) {
            errands.add(new Errand(call.getIssuedAt().plus(delay), call.getCallId(), () -> topUp(call)));
        } else if (hundredth < 40) {
            errands.add(new Errand(call.getIssuedAt().plus(delay), call.getCallId(), () -> repay(call)));
        } else if (hundredth < 48) {
            errands.add(new Errand(call.getDeadline().plus(delay), call.getCallId(), () -> topUp(call)));
        } else if (hundredth < 73 && productOf(call.getLoanId()).equals(SoakProducts.LADDER)) {
            Instant due = call.getIssuedAt().plusMillis(choice.below(DISPUTE_MILLIS, "objects", call.getCallId()));
            errands.add(new Errand(due, call.getCallId(), () -> lender.dispute(call.getLoanId(), call.getCallId())));
        }
    }

    private void planAnswer(MarginCallDisputeOpened dispute) {
        int hundredth = choice.below(100, "dispute", dispute.getCallId());
        if (hundredth < 70) {
            boolean upheld = hundredth < 30;
            Instant due = clock.now().plusMillis(choice.below(ANSWER_MILLIS, "answers", dispute.getCallId()));
            errands.add(new Errand(
                    due, dispute.getCallId(), () -> lender.answer(dispute.getLoanId(), dispute.getCallId(), upheld)));
        }
    }

    private void planReconversion(LiquidationSettled sold) {
        String loanId = sold.getLoanId();
        BigDecimal principal = lent.get(loanId);
        if (principal != null
                && productOf(loanId).equals(SoakProducts.KEPT)
                && called.add(sold.getCaseId() + "/reconversion")) {
            BigDecimal third = principal.multiply(A_THIRD).setScale(MONEY_SCALE, RoundingMode.UP);
            Instant due = clock.now().plus(TO_WANT_COIN);
            errands.add(new Errand(due, sold.getCaseId(), () -> {
                payments.repay(loanId, third, sold.getCaseId());
                errands.add(new Errand(
                        due.plus(TO_WANT_COIN), sold.getCaseId(), () -> lender.askForCoin(loanId, sold.getCaseId())));
            }));
        }
    }

    private static String productOf(String loanId) {
        return SoakProducts.of(Long.parseLong(loanId.substring(NUMBER_FROM)));
    }

    private void planRepayment(String loanId, BigDecimal principal) {
        int hundredth = choice.below(100, "repayment", loanId);
        Duration delay = Duration.ofMillis(5_000 + choice.below(55_000, "repayment delay", loanId));
        if (hundredth < 12) {
            BigDecimal all = principal.multiply(WITH_INTEREST).setScale(MONEY_SCALE, RoundingMode.UP);
            errands.add(new Errand(clock.now().plus(delay), loanId, () -> pay(loanId, all, "in-full")));
        } else if (hundredth < 27) {
            BigDecimal part = principal.multiply(PART).setScale(MONEY_SCALE, RoundingMode.UP);
            errands.add(new Errand(clock.now().plus(delay), loanId, () -> pay(loanId, part, "in-part")));
            errands.add(new Errand(clock.now().plus(delay), loanId + "/more", () -> pay(loanId, part, "once-more")));
        }
    }

    private void pay(String loanId, BigDecimal amount, String occasion) {
        payments.repay(loanId, amount, occasion);
        if (choice.below(10, "bounces", loanId + occasion) == 0) {
            errands.add(
                    new Errand(clock.now().plus(TO_BOUNCE), loanId, () -> payments.bounce(loanId, amount, occasion)));
        }
    }

    private void topUp(MarginCallIssued call) {
        BigDecimal quantity =
                new BigDecimal(call.getTopUpToCure()).multiply(MARGIN).setScale(COIN_SCALE, RoundingMode.UP);
        custody.deposit(call.getLoanId(), quantity, call.getCallId());
    }

    private void repay(MarginCallIssued call) {
        BigDecimal amount =
                new BigDecimal(call.getRepayToCure()).multiply(MARGIN).setScale(MONEY_SCALE, RoundingMode.UP);
        payments.repay(call.getLoanId(), amount, call.getCallId());
    }
}
