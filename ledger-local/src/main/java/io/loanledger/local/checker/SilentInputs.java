package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Inputs that left no event: each must be a dead letter that deserves it, a rejection whose reason holds, a repeat, or something that
 * changes nothing, judged on the state that its loan had at some moment between the events around it.
 */
final class SilentInputs {
    private static final int MOST_PRICES_TRIED = 2_000;

    private final PartitionInputs inputs;
    private final Intake intake;
    private final DeadLetters deadLetters;
    private final TaskClock clock;
    private final String group;
    private final Map<String, Loan> loans;
    private final Set<String> lost;
    private final Tally tally;
    private final Map<String, List<SilentInput>> byLoan = new HashMap<>();
    private final Set<Place> rejectionsUsed = new HashSet<>();

    SilentInputs(
            PartitionInputs inputs,
            Intake intake,
            DeadLetters deadLetters,
            TaskClock clock,
            String group,
            Map<String, Loan> loans,
            Set<String> lost,
            Tally tally) {
        this.inputs = inputs;
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.group = group;
        this.loans = loans;
        this.lost = lost;
        this.tally = tally;
    }

    /** What stands before the first input with events. */
    void begin() {
        inputs.sources.forEach(source -> open(source, 0));
    }

    /**
     * What follows on an input with events, up to the next one that has some.
     *
     * @param cause of the decision: a stray may be set aside under the place where it came home
     * @param setAsideFor the reason for which it must be a dead letter all the same; null when it must be none
     */
    void openAfter(Source source, int number, Place cause, @Nullable String setAsideFor) {
        Place place = place(source.inputs.get(number));
        tally.holds(
                Check.INPUT_HAS_ONE_EFFECT,
                !inputs.rejections.containsKey(place),
                source.inputs.get(number).place(),
                () -> "has events and a rejection");
        DeadLetters.Letter atOrigin = deadLetters.of(group, place);
        DeadLetters.Letter letter = atOrigin == null ? deadLetters.of(group, cause) : atOrigin;
        String reason = letter == null ? null : letter.reason();
        tally.holds(
                setAsideFor == null ? Check.INPUT_HAS_ONE_EFFECT : Check.QUARANTINE_HOLDS,
                Objects.equals(reason, setAsideFor),
                source.inputs.get(number).place(),
                () -> "has events and is a dead letter for " + reason + ", not for " + setAsideFor);
        open(source, number + 1);
    }

    private void open(Source source, int from) {
        int number = Math.max(from, source.next);
        while (number < source.inputs.size() && source.isSilent(number)) {
            take(source, source.inputs.get(number));
            number++;
        }
        source.next = Math.max(number, source.next);
    }

    /** The moments of those opened before are over, once the next input of their source has its events. */
    void closeBefore(Source source, Decision decision, int number) {
        tally.holds(
                Check.INPUT_HAS_ONE_EFFECT,
                number == source.next,
                decision.place(),
                () -> "its cause " + decision.header.cause()
                        + (number < source.next
                                ? " had its effect before"
                                : " was taken before what stands in front of it"));
        close(source);
        source.next = Math.max(source.next, number + 1);
    }

    void end() {
        inputs.sources.forEach(this::close);
        inputs.rejections.forEach((place, reason) -> tally.holds(
                Check.REJECTION_JUSTIFIED,
                rejectionsUsed.contains(place) || inputs.sourceOf(place) != null,
                place.toString(),
                () -> "rejected for " + reason + ", but no input of this task stands there"));
    }

    private void close(Source source) {
        for (SilentInput input : source.waiting) {
            List<SilentInput> ofLoan = byLoan.get(input.loanId());
            if (ofLoan != null && ofLoan.remove(input)) {
                if (!lost.contains(input.loanId()) && !explained(input, true)) {
                    complain(input);
                }
                if (ofLoan.isEmpty()) {
                    byLoan.remove(input.loanId());
                }
            }
        }
        source.waiting.clear();
    }

    private static Place place(Message message) {
        return new Place(message.topic(), message.partition(), message.offset());
    }

    private void take(Source source, Message message) {
        Place place = place(message);
        Intake.Taken taken = intake.take(message);
        DeadLetters.Letter letter = deadLetters.of(group, place);
        String rejection = inputs.rejections.get(place);
        Fact fact = taken.fact();
        if (fact == null) {
            tally.holds(
                    Check.INPUT_HAS_ONE_EFFECT,
                    letter != null && rejection == null,
                    message.place(),
                    () -> "cannot be read (" + taken.unreadable() + ") and is no dead letter");
            if (letter != null) {
                boolean plain = Intake.PLAIN_REASONS.contains(taken.unreadable());
                tally.holds(
                        Check.DEAD_LETTER_JUSTIFIED,
                        !plain || taken.unreadable().equals(letter.reason()),
                        message.place(),
                        () -> "set aside for " + letter.reason() + ", but it is " + taken.unreadable());
            }
            return;
        }
        if (letter != null && !letter.reason().equals(Quarantines.KEPT)) {
            boolean ordered = letter.reason().equals(Quarantines.SKIPPED);
            if (!ordered) { // an order without its event is complained of at the end
                tally.wrong(
                        Check.DEAD_LETTER_JUSTIFIED,
                        message.place(),
                        "set aside for " + letter.reason() + ", but it can be read");
            }
            return;
        }
        SilentInput input = new SilentInput(
                message, message.keyText(), fact, rejection, letter != null, new HashMap<>(clock.taken));
        tally.holds(checkOf(input), true, message.place(), () -> "");
        if (rejection != null) {
            rejectionsUsed.add(place);
        }
        if (!explained(input, false)) {
            source.waiting.add(input);
            byLoan.computeIfAbsent(input.loanId(), id -> new ArrayList<>()).add(input);
        }
    }

    private static Check checkOf(SilentInput input) {
        return input.fact().type().equals("CustodyStatement")
                ? Check.RECONCILIATION_RECOMPUTED
                : Check.INPUT_HAS_ONE_EFFECT;
    }

    /** The loan stands differently now: what was not explained may be. */
    void tryAgain(Loan loan) {
        List<SilentInput> ofLoan = byLoan.get(loan.id);
        if (ofLoan == null) {
            return;
        }
        for (Iterator<SilentInput> each = ofLoan.iterator(); each.hasNext(); ) {
            if (explained(each.next(), false)) {
                each.remove();
            }
        }
        if (ofLoan.isEmpty()) {
            byLoan.remove(loan.id);
        }
    }

    private boolean explained(SilentInput input, boolean overAllPrices) {
        Loan loan = loans.get(input.loanId());
        Loan card = loan == null ? new Loan(input.loanId()) : loan;
        long appendedAt = clock.now.appendedAtMillis;
        clock.now.appendedAtMillis = input.message().timestampMillis();
        try {
            return explains(input, card, clock.now) || (overAllPrices && explainedAtSomePrice(input, card));
        } finally {
            clock.now.appendedAtMillis = appendedAt;
        }
    }

    private static boolean explains(SilentInput input, Loan card, Circumstances now) {
        if (card.quarantine != null || input.keptInQuarantine()) {
            return card.quarantine != null && input.keptInQuarantine() && input.rejection() == null;
        }
        Rules.Verdict verdict = Rules.onFact(card.copy(), now, input.fact());
        String rejection = input.rejection();
        return rejection == null
                ? verdict.refusal() == null && verdict.events().isEmpty()
                : rejection.equals(verdict.refusal());
    }

    /** Between the events around it the markets moved without an effect on the loan: any of those prices may have been the newest. */
    private boolean explainedAtSomePrice(SilentInput input, Loan card) {
        if (!card.bound()) {
            return false;
        }
        Map<String, Integer> next = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        for (String market : card.markets()) {
            int end =
                    Math.min(inputs.market(market).size(), clock.taken.getOrDefault(market, 0) + MOST_PRICES_TRIED) - 1;
            int begin = Math.max(0, input.since().getOrDefault(market, 0) - 1);
            next.put(market, Math.max(begin, end - MOST_PRICES_TRIED));
            last.put(market, end);
        }
        Map<String, IndexRecord> newest = Map.copyOf(clock.now.indexes);
        long taskTime = clock.now.taskTime;
        try {
            Stretch stretch = new Stretch(
                    inputs,
                    next,
                    last,
                    clock.now.addOns,
                    card.terms().agreement().debtPrice());
            return stretch.first(moment -> {
                        IndexRecord index = moment.visited();
                        clock.now.indexes.put(index.market(), index);
                        clock.now.taskTime = Math.max(taskTime, index.priceTime());
                        return explains(input, card, clock.now);
                    })
                    != null;
        } finally {
            clock.now.taskTime = taskTime;
            clock.now.indexes.clear();
            clock.now.indexes.putAll(newest);
        }
    }

    private void complain(SilentInput input) {
        Loan loan = loans.get(input.loanId());
        Quarantine quarantine = loan == null ? null : loan.quarantine;
        if (quarantine != null || input.keptInQuarantine()) {
            tally.wrong(
                    quarantine == null ? Check.DEAD_LETTER_JUSTIFIED : Check.QUARANTINE_HOLDS,
                    input.message().place() + " loan " + input.loanId(),
                    input.keptInQuarantine()
                            ? "set aside for a quarantine, and there is none"
                            : "no dead letter, though its loan is in quarantine since " + quarantine);
            return;
        }
        Loan card = loan == null ? new Loan(input.loanId()) : loan.copy();
        Rules.Verdict verdict = Rules.onFact(card, clock.now, input.fact());
        String due = verdict.refusal() != null
                ? "refused for " + verdict.refusal()
                : verdict.events().stream().map(Said::type).toList().toString();
        String rejection = input.rejection();
        if (rejection != null) {
            tally.wrong(
                    Check.REJECTION_JUSTIFIED,
                    input.message().place() + " loan " + input.loanId(),
                    input.fact().type() + " was rejected for " + rejection + "; due is " + due);
        } else {
            tally.wrong(
                    checkOf(input),
                    input.message().place() + " loan " + input.loanId(),
                    input.fact().type() + " had no effect; due is " + due);
        }
    }
}
