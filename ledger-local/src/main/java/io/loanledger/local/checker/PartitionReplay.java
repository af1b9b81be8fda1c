package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the ledger told again: the journal says in which order inputs were taken, and nothing else is believed of it. Each
 * decision is recomputed from its input's own content and compared.
 *
 * <p>A loan whose decision differs is complained of once and not followed any further, since all that comes after would differ too.
 */
final class PartitionReplay {
    private static final Set<String> OF_TIME = Set.of(
            "MarginCallExpired",
            "MarginCallDisputeClosed",
            "InstalmentDue",
            "ChargePosted",
            "LoanDefaulted",
            "CommitmentEnded",
            "InterestPosted",
            "TermsBound",
            "LoanCancelled",
            Decision.DIFFERENCE);
    private static final Set<String> BY_SCHEDULE =
            Set.of("InstalmentDue", "ChargePosted", "LoanDefaulted", "CommitmentEnded");

    private final History history;
    private final WireReading reading;
    private final PartitionInputs inputs;
    private final Intake intake;
    private final Tally tally;
    private final TaskClock clock;
    private final SilentInputs silent;
    private final Chronology chronology;
    private final PriceWatch prices;
    private final Announcements announcements;
    private final JournalChain chain;
    private final Conservation conservation;
    private final Quarantines quarantines;
    private final SweepPrice sweepPrice;
    private final Judge judge;
    private final Map<String, Loan> loans = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private @Nullable Decision open;
    private long records;

    PartitionReplay(
            History history,
            WireReading reading,
            PartitionInputs inputs,
            DeadLetters deadLetters,
            SkipOrders skipOrders,
            Announcements announcements,
            String group,
            Tally tally) {
        this.history = history;
        this.reading = reading;
        this.inputs = inputs;
        this.tally = tally;
        this.announcements = announcements;
        intake = new Intake(reading);
        clock = new TaskClock(inputs, tally);
        silent = new SilentInputs(inputs, intake, deadLetters, clock, group, loans, lost, tally);
        chronology = new Chronology(inputs);
        prices = new PriceWatch(inputs, clock, chronology, tally);
        chain = new JournalChain(inputs.partition, history.partitions(Topics.JOURNAL), reading, tally);
        conservation = new Conservation(tally);
        judge = new Judge(inputs, tally);
        sweepPrice = new SweepPrice(inputs, clock, tally);
        quarantines = new Quarantines(inputs, skipOrders, deadLetters, group, tally);
    }

    long records() {
        return records;
    }

    Map<String, Loan> loans() {
        return loans;
    }

    /** Loans that were not followed to their end. */
    Set<String> lost() {
        return lost;
    }

    void run() {
        history.read(Topics.JOURNAL, inputs.partition, this::findCause);
        silent.begin();
        history.read(Topics.JOURNAL, inputs.partition, this::follow);
        finishDecision();
        clock.takeAllTerms();
        silent.end();
        quarantines.end(loans);
        for (Loan loan : loans.values()) {
            if (!lost.contains(loan.id)) {
                prices.atTheEnd(loan);
                List<String> broken = LoanFigures.brokenLaws(loan);
                tally.holds(Check.CONSERVATION, broken.isEmpty(), "loan " + loan.id, broken::toString);
            }
        }
    }

    // --- first pass
    // ------------------------------------------------------------------------------------------------------

    private void findCause(Message message) {
        GenericRecord event = reading.read(message.value()).record();
        if (event == null) {
            return; // complained of in the second pass
        }
        Header header = Header.read(event);
        chronology.add(header);
        Place cause = header.cause();
        if (header.causedByAContinuation()) {
            prices.sweepWorkedAt(cause.offset(), header);
        } else if (!header.causedByAPrice()) {
            Place origin = inputs.origin(cause);
            Source source = inputs.sourceOf(origin);
            if (source != null) {
                source.hasEvents(source.find(origin));
            }
        }
    }

    // --- second pass
    // -----------------------------------------------------------------------------------------------------

    private void follow(Message message) {
        GenericRecord event = reading.read(message.value()).record();
        if (event == null) {
            tally.wrong(Check.HASH_CHAIN, message.place(), "cannot be read");
            return;
        }
        records++;
        Header header = Header.read(event);
        chain.follow(message, header, event);
        Decision current = open;
        if (current != null && current.goesOnWith(header)) {
            current.add(header, event);
        } else {
            finishDecision();
            tally.holds(
                    Check.JOURNAL_SEQUENCE,
                    header.step() == 1,
                    message.place(),
                    () -> "step " + header.step() + " without the steps before it");
            open = new Decision(header);
            open.add(header, event);
        }
        announcements.expect(header, event);
        conservation.follow(message, header, event);
        judge.checkEvidence(message, event);
        tally.holds(
                Check.POSTINGS_RECOMPUTED,
                Judge.balances(Comparison.postings(event)),
                message.place(),
                () -> "the double entry does not sum to zero: " + Comparison.postings(event));
    }

    private void finishDecision() {
        Decision decision = open;
        open = null;
        if (decision == null) {
            return;
        }
        Header header = decision.header;
        if (Quarantines.decides(decision)) {
            withoutRules(decision);
            return;
        }
        Loan loan = loans.computeIfAbsent(header.loanId(), Loan::new);
        if (!quarantines.allows(decision, loan)) {
            lost.add(loan.id);
        }
        byRules(decision, loan);
        Stops.checkRequests(decision, clock.now, tally);
    }

    private void byRules(Decision decision, Loan loan) {
        Header header = decision.header;
        decision.takeDeskDifferencesOut(tally);
        loan.version = header.loanVersion() - 1;
        if (header.causedByAPrice()) {
            IndexRecord cause = inputs.indexByOffset.get(header.cause().offset());
            if (causeIsThere(decision, cause != null && header.cause().partition() == inputs.partition)) {
                clock.moveTo(
                        header, decision.place(), Objects.requireNonNull(cause).appendedAtMillis());
                byPrice(decision, loan, Objects.requireNonNull(cause));
            }
        } else if (header.causedByAContinuation()) {
            PartitionInputs.Continuation cause =
                    inputs.continuations.get(header.cause().offset());
            if (causeIsThere(decision, cause != null && header.cause().partition() == inputs.partition)) {
                clock.moveTo(
                        header, decision.place(), Objects.requireNonNull(cause).timestampMillis());
                byContinuation(decision, loan, Objects.requireNonNull(cause));
            }
        } else {
            byFact(decision, loan);
        }
    }

    /** A quarantine, or an order of operators: of a loan, or of none. */
    private void withoutRules(Decision decision) {
        Header header = decision.header;
        Place cause = inputs.origin(header.cause());
        Source source = inputs.sourceOf(cause);
        int number = source == null ? -1 : source.find(cause);
        Loan loan = header.loanId().startsWith(Quarantines.OF_NO_LOAN)
                ? null
                : loans.computeIfAbsent(header.loanId(), Loan::new);
        if (source != null) {
            silent.closeBefore(source, decision, number);
        }
        if (loan != null) {
            silent.tryAgain(loan);
            prices.before(decision, loan, lost);
        }
        long appendedAt = source == null
                ? clock.now.appendedAtMillis
                : source.inputs.get(number).timestampMillis();
        clock.moveTo(header, decision.place(), appendedAt);
        if (loan != null) {
            silent.tryAgain(loan);
        }
        quarantines.follow(decision, loan);
        if (loan != null) {
            prices.after(decision, loan);
        }
        if (source != null) {
            silent.openAfter(
                    source,
                    number,
                    header.cause(),
                    decision.firstType().equals("RecordSkipped") ? Quarantines.SKIPPED : Quarantines.KEPT);
        }
        if (loan != null) {
            silent.tryAgain(loan);
        }
    }

    private void judge(Decision decision, Loan loan, List<Said> due, @Nullable String refusal) {
        if (!judge.agrees(decision, due, refusal)) {
            lost.add(loan.id);
        }
    }

    private boolean causeIsThere(Decision decision, boolean there) {
        boolean right = tally.holds(
                Check.CAUSE_COMMITTED,
                there,
                decision.place(),
                () -> "caused by " + decision.header.cause() + ", which is no committed input of this task");
        if (!right) {
            lost.add(decision.header.loanId());
        }
        return right;
    }

    private void byFact(Decision decision, Loan loan) {
        Header header = decision.header;
        Source source = inputs.sourceOf(header.cause());
        if (!causeIsThere(decision, source != null)) {
            return;
        }
        Source from = Objects.requireNonNull(source);
        int number = from.find(header.cause());
        Message message = from.inputs.get(number);
        silent.closeBefore(from, decision, number);
        silent.tryAgain(loan);
        prices.before(decision, loan, lost);
        clock.moveTo(header, decision.place(), message.timestampMillis());
        silent.tryAgain(loan);
        Intake.Taken taken = intake.take(message);
        Fact fact = taken.fact();
        if (fact == null || !message.keyText().equals(loan.id)) {
            tally.wrong(
                    Check.CAUSE_COMMITTED,
                    decision.place(),
                    "caused by " + message.place() + ", which is "
                            + (fact == null ? taken.unreadable() : "another loan's"));
            lost.add(loan.id);
        } else {
            tally.holds(
                    Check.CAUSE_COMMITTED,
                    namesItsCause(header, fact),
                    decision.place(),
                    () -> "event id, digest or value time are not those of " + message.place());
            if (!lost.contains(loan.id)) {
                Rules.Verdict verdict = Rules.onFact(loan, clock.now, fact);
                judge(decision, loan, verdict.events(), verdict.refusal());
                if (fact.fromOutside()) {
                    // Also when its only events are differences with the desk, which are not recomputed.
                    Rules.remember(loan, clock.now, fact);
                }
            }
        }
        prices.after(decision, loan);
        silent.openAfter(from, number, header.cause(), null);
        silent.tryAgain(loan);
    }

    private static boolean namesItsCause(Header header, Fact fact) {
        if (!fact.fromOutside()) {
            return header.eventId() == null;
        }
        return fact.text("eventId").equals(header.eventId())
                && header.contentDigest() == fact.digest()
                && Objects.equals(header.occurredAt(), fact.occurredAt());
    }

    private void byPrice(Decision decision, Loan loan, IndexRecord cause) {
        silent.tryAgain(loan);
        long[] position = decision.header.positions().get(cause.market());
        boolean taken = position != null && position[0] == cause.epoch() && position[1] == cause.sequence();
        prices.before(decision, loan, lost);
        if (!lost.contains(loan.id)) {
            List<Said> due = taken
                    ? Rules.onPrice(loan, clock.now, cause)
                    : Rules.onTime(
                            loan, clock.now, Math.max(clock.now.taskTime, cause.priceTime()), postedThrough(decision));
            judge(decision, loan, due, null);
        }
        prices.after(decision, loan);
        silent.tryAgain(loan);
    }

    private void byContinuation(Decision decision, Loan loan, PartitionInputs.Continuation cause) {
        silent.tryAgain(loan);
        prices.before(decision, loan, lost);
        if (!lost.contains(loan.id)) {
            if (OF_TIME.contains(decision.firstType()) || completesADwell(decision, loan)) {
                judge(decision, loan, Rules.onTime(loan, clock.now, clock.now.taskTime, postedThrough(decision)), null);
            } else {
                IndexRecord price = sweepPrice.of(decision, loan, cause);
                judge(decision, loan, Rules.onPrice(loan, clock.now, price), null);
            }
        }
        prices.after(decision, loan);
        silent.tryAgain(loan);
    }

    /** A cure at the end of the dwell, not at a price. */
    private static boolean completesADwell(Decision decision, Loan loan) {
        Call call = loan.call;
        return decision.firstType().equals("MarginCallCured")
                && call != null
                && call.healedSince() != Call.NEVER
                && decision.events
                        .getFirst()
                        .get("curedAt")
                        .equals(call.healedSince() + loan.terms().ladder().dwellMicros());
    }

    /** The days through which the ledger chose to post: the moment is its own, the amount is not. */
    private static List<Integer> postedThrough(Decision decision) {
        List<Integer> days = new ArrayList<>();
        for (GenericRecord event : decision.events) {
            String type = event.getSchema().getName();
            if (type.equals("InterestPosted")) {
                days.add((Integer) event.get("through"));
            } else if (BY_SCHEDULE.contains(type)) {
                days.clear(); // what was posted before it is posted by the plan
            }
        }
        return days;
    }
}
