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
    private static final Set<String> OF_TIME =
            Set.of("MarginCallExpired", "InterestPosted", "TermsBound", "LoanCancelled", Decision.DIFFERENCE);

    private final History history;
    private final WireReading reading;
    private final PartitionInputs inputs;
    private final Intake intake;
    private final Tally tally;
    private final TaskClock clock;
    private final SilentInputs silent;
    private final PriceWatch prices;
    private final Announcements announcements;
    private final JournalChain chain;
    private final Conservation conservation;
    private final Quarantines quarantines;
    private final SweepPrice sweepPrice;
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
        prices = new PriceWatch(inputs, clock, tally);
        chain = new JournalChain(inputs.partition, history.partitions(Topics.JOURNAL), reading, tally);
        conservation = new Conservation(tally);
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
        Place cause = header.cause();
        if (header.causedByAContinuation()) {
            prices.sweepWorkedAt(cause.offset(), header);
        } else if (!header.causedByAPrice()) {
            Place origin = inputs.origin(cause);
            Source source = inputs.sourceOf(origin);
            if (source != null) {
                source.hasEvents(source.find(origin));
            }
        } else {
            prices.priceWorked(header);
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
        checkEvidence(message, event);
        tally.holds(
                Check.POSTINGS_RECOMPUTED,
                balances(Comparison.postings(event)),
                message.place(),
                () -> "the double entry does not sum to zero: " + Comparison.postings(event));
    }

    /** What the event quotes stands in the index as it is quoted. */
    private void checkEvidence(Message message, GenericRecord event) {
        if (event.getSchema().getField("evidence") == null || !(event.get("evidence") instanceof GenericRecord e)) {
            return;
        }
        GenericRecord quoted = (GenericRecord) e.get("index");
        IndexRecord index = inputs.market(quoted.get("market").toString())
                .find((Long) quoted.get("epoch"), (Long) quoted.get("sequence"));
        IndexRecord meant = index != null && quoted.get("state").toString().equals("HALTED") ? index.paused() : index;
        String difference = meant == null ? "no such price is committed" : Comparison.ofIndexRead(meant, quoted);
        tally.holds(Check.EVIDENCE, difference == null, message.place(), () -> "" + difference);
    }

    private static boolean balances(Map<String, java.math.BigDecimal> postings) {
        Map<String, java.math.BigDecimal> sums = new HashMap<>();
        postings.forEach((account, amount) ->
                sums.merge(account.substring(account.indexOf(' ') + 1), amount, java.math.BigDecimal::add));
        return sums.values().stream().allMatch(sum -> sum.signum() == 0);
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
            if (OF_TIME.contains(decision.firstType())) {
                judge(decision, loan, Rules.onTime(loan, clock.now, clock.now.taskTime, postedThrough(decision)), null);
            } else {
                IndexRecord price = sweepPrice.of(decision, loan, cause);
                judge(decision, loan, Rules.onPrice(loan, clock.now, price), null);
            }
        }
        prices.after(decision, loan);
        silent.tryAgain(loan);
    }

    /** The days through which the ledger chose to post: the moment is its own, the amount is not. */
    private static List<Integer> postedThrough(Decision decision) {
        List<Integer> days = new ArrayList<>();
        for (GenericRecord event : decision.events) {
            if (event.getSchema().getName().equals("InterestPosted")) {
                days.add((Integer) event.get("through"));
            }
        }
        return days;
    }

    // --- the comparison
    // --------------------------------------------------------------------------------------------------

    /** Where nothing but a custodian's statement is at stake. */
    private static Check checkOf(Decision decision, List<Said> due, @Nullable String refusal) {
        List<Said> rest =
                due.stream().filter(said -> !Decision.isDifference(said.type())).toList();
        Decision without = decision.withoutDifferences();
        boolean states = rest.size() < due.size() || without.events.size() < decision.events.size();
        return states && refusal == null && Comparison.ofDecision(rest, without) == null
                ? Check.RECONCILIATION_RECOMPUTED
                : Check.DECISION_RECOMPUTED;
    }

    private void judge(Decision decision, Loan loan, List<Said> due, @Nullable String refusal) {
        String difference = refusal != null
                ? decision.types() + ", but the rules refuse: " + refusal
                : Comparison.ofDecision(due, decision);
        boolean right = tally.holds(
                checkOf(decision, due, refusal),
                difference == null,
                decision.place(),
                () -> Objects.requireNonNull(difference) + "; caused by " + decision.header.cause());
        if (!right) {
            lost.add(loan.id);
            return;
        }
        for (int i = 0; i < due.size(); i++) {
            Said said = due.get(i);
            GenericRecord event = decision.events.get(i);
            String postings = Comparison.ofPostings(said, event);
            tally.holds(Check.POSTINGS_RECOMPUTED, postings == null, decision.place(), () -> "" + postings);
            String balances = Comparison.ofBalances(said, event);
            tally.holds(Check.BALANCES_RECOMPUTED, balances == null, decision.place(), () -> "" + balances);
        }
    }
}
