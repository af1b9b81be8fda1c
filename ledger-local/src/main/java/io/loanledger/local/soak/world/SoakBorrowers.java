package io.loanledger.local.soak.world;

import io.loanledger.events.Disburse;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.ScenarioClock;
import io.loanledger.local.sim.SeededChoice;
import io.loanledger.local.sim.SimulatedCustody;
import io.loanledger.local.sim.SimulatedPayments;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Borrowers who live by the clock on the wall: of 100 called, 25 send coin and 15 pay within ten seconds, 8 do so only after the deadline,
 * the rest do nothing. Of 100 who got their money, 12 pay everything back within a minute and 15 pay a part.
 *
 * <p>Who does what hangs on the loan and the seed alone. For the thread of its feed.
 */
final class SoakBorrowers implements TopicReader {

    private record Errand(Instant due, String id, Runnable deed) {}

    private static final BigDecimal MARGIN = new BigDecimal("1.25");
    private static final BigDecimal WITH_INTEREST = new BigDecimal("1.01");
    private static final BigDecimal PART = new BigDecimal("0.2");
    private static final int COIN_SCALE = 8;
    private static final int MONEY_SCALE = 2;

    private final SimulatedCustody custody;
    private final SimulatedPayments payments;
    private final ScenarioClock clock;
    private final SeededChoice choice;
    private final Set<String> called = new HashSet<>();
    private final PriorityQueue<Errand> errands =
            new PriorityQueue<>(Comparator.comparing(Errand::due).thenComparing(Errand::id));

    SoakBorrowers(SimulatedCustody custody, SimulatedPayments payments, ScenarioClock clock, SeededChoice choice) {
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
        return List.of(TopicCatalogue.MARGIN_CALLS, TopicCatalogue.PAYMENT_INSTRUCTIONS);
    }

    @Override
    public void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof MarginCallIssued call && called.add(call.getCallId())) {
            answer(call);
        } else if (record instanceof Disburse disburse && called.add(disburse.getInstructionId())) {
            planRepayment(disburse.getLoanId(), new BigDecimal(disburse.getAmount()));
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
        }
    }

    private void planRepayment(String loanId, BigDecimal principal) {
        int hundredth = choice.below(100, "repayment", loanId);
        Duration delay = Duration.ofMillis(5_000 + choice.below(55_000, "repayment delay", loanId));
        if (hundredth < 12) {
            BigDecimal all = principal.multiply(WITH_INTEREST).setScale(MONEY_SCALE, RoundingMode.UP);
            errands.add(new Errand(clock.now().plus(delay), loanId, () -> payments.repay(loanId, all, "in-full")));
        } else if (hundredth < 27) {
            BigDecimal part = principal.multiply(PART).setScale(MONEY_SCALE, RoundingMode.UP);
            errands.add(new Errand(clock.now().plus(delay), loanId, () -> payments.repay(loanId, part, "in-part")));
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
