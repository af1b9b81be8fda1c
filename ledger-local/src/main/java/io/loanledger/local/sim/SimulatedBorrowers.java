package io.loanledger.local.sim;

import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Simulated borrowers, told of their margin calls like real ones and as different: of 100 called, 22 send coin and 12 pay within two
 * hours, 6 do so only after the deadline, the rest do nothing. Who does what hangs on the loan and the seed alone.
 *
 * <p>Those who act send 1.25 times what the call asked for, since the price may have fallen meanwhile; some still fall short.
 */
public final class SimulatedBorrowers implements TopicReader {

    private enum Answer {
        TOP_UP,
        REPAY,
        TOO_LATE,
        NOTHING
    }

    private record Errand(Instant due, String loanId, Runnable deed) {}

    private static final BigDecimal MARGIN = new BigDecimal("1.25");
    private static final int COIN_SCALE = 8;
    private static final int MONEY_SCALE = 2;
    private static final int LONGEST_DELAY_MINUTES = 120;

    private final SimulatedCustody custody;
    private final SimulatedPayments payments;
    private final ScenarioClock clock;
    private final SeededChoice choice;
    private final PriorityQueue<Errand> errands =
            new PriorityQueue<>(Comparator.comparing(Errand::due).thenComparing(Errand::loanId));

    public SimulatedBorrowers(
            SimulatedCustody custody, SimulatedPayments payments, ScenarioClock clock, SeededChoice choice) {
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
        return List.of(TopicCatalogue.MARGIN_CALLS);
    }

    @Override
    public void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof MarginCallIssued call) {
            Duration delay = Duration.ofMinutes(1 + choice.below(LONGEST_DELAY_MINUTES, "delay", call.getCallId()));
            switch (answerOf(call)) {
                case TOP_UP -> plan(call.getIssuedAt().plus(delay), call, () -> topUp(call));
                case REPAY -> plan(call.getIssuedAt().plus(delay), call, () -> repay(call));
                case TOO_LATE -> plan(call.getDeadline().plus(delay), call, () -> topUp(call));
                case NOTHING -> {}
            }
        }
    }

    @Override
    public void attend() {
        Instant now = clock.now();
        for (Errand next = errands.peek(); next != null && !next.due().isAfter(now); next = errands.peek()) {
            errands.remove().deed().run();
        }
    }

    private Answer answerOf(MarginCallIssued call) {
        int hundredth = choice.below(100, "answer", call.getLoanId());
        if (hundredth < 22) {
            return Answer.TOP_UP;
        }
        if (hundredth < 34) {
            return Answer.REPAY;
        }
        return hundredth < 40 ? Answer.TOO_LATE : Answer.NOTHING;
    }

    private void plan(Instant due, MarginCallIssued call, Runnable deed) {
        errands.add(new Errand(due, call.getLoanId(), deed));
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
