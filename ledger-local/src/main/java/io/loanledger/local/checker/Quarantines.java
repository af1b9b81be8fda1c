package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a loan without its rules: a broken invariant takes it out of the business, operators have a record set aside and
 * bring the loan back. Whether the invariant was broken the topics do not say; what follows from it they do. One thread.
 */
final class Quarantines {
    static final String KEPT = "LOAN_QUARANTINED";
    static final String SKIPPED = "OPERATOR_SKIP";
    /** What is skipped and is of no loan stands under such an id in the journal. */
    static final String OF_NO_LOAN = "$partition/";

    private static final Set<String> TYPES = Set.of("LoanQuarantined", "RecordSkipped", "QuarantineLifted");

    private final PartitionInputs inputs;
    private final SkipOrders orders;
    private final DeadLetters letters;
    private final String group;
    private final Tally tally;

    Quarantines(PartitionInputs inputs, SkipOrders orders, DeadLetters letters, String group, Tally tally) {
        this.inputs = inputs;
        this.orders = orders;
        this.letters = letters;
        this.group = group;
        this.tally = tally;
    }

    static boolean decides(Decision decision) {
        return TYPES.contains(decision.firstType());
    }

    /** Nothing may be decided for this loan by its rules. Returns whether that is so. */
    boolean allows(Decision decision, Loan loan) {
        Quarantine quarantine = loan.quarantine;
        return tally.holds(
                Check.QUARANTINE_HOLDS,
                quarantine == null,
                decision.place(),
                () -> decision.types() + " in quarantine since " + (quarantine == null ? "" : quarantine.begunBy()));
    }

    /** Follows a quarantine or a skip; the card changes as the journal says, where it may. */
    void follow(Decision decision, @Nullable Loan loan) {
        if (decision.firstType().equals("LoanQuarantined") && loan != null) {
            begin(decision, loan);
        } else if (decision.firstType().equals("RecordSkipped")) {
            skip(decision, loan);
        } else {
            tally.wrong(Check.QUARANTINE_HOLDS, decision.place(), decision.types() + " without a record skipped");
        }
    }

    // --- a quarantine begins -----------------------------------------------------------------------------------------

    private void begin(Decision decision, Loan loan) {
        if (!allows(decision, loan)) {
            return;
        }
        Place cause = decision.header.cause();
        Place named = place(decision.events.getFirst());
        boolean known = inputs.sourceOf(cause) != null
                || (decision.header.causedByAPrice() && inputs.indexByOffset.containsKey(cause.offset()))
                || (decision.header.causedByAContinuation() && inputs.continuations.containsKey(cause.offset()));
        tally.holds(
                Check.CAUSE_COMMITTED,
                known && cause.equals(named) && decision.header.eventId() == null,
                decision.place(),
                () -> "names " + named + ", caused by " + cause + ", which is to be the same committed input");
        loan.quarantine = new Quarantine(named, decision.place());
        tally.note("quarantines", 1);
        String difference = Comparison.ofDecision(due(named, loan), decision);
        tally.holds(Check.QUARANTINE_HOLDS, difference == null, decision.place(), () -> "" + difference);
    }

    /** What is not sold yet of an open case is taken back. */
    private static List<Said> due(Place place, Loan loan) {
        List<Said> due = new ArrayList<>();
        due.add(said(
                "LoanQuarantined", "topic", place.topic(), "partition", place.partition(), "offset", place.offset()));
        Sale sale = loan.sale;
        if (sale != null && sale.wanted.compareTo(sale.cumQuantity) > 0) {
            sale.version++;
            sale.wanted = sale.cumQuantity;
            due.add(said(
                    "LiquidationAmended",
                    "caseId",
                    sale.id,
                    "version",
                    sale.version,
                    "mode",
                    sale.mode,
                    "reserved",
                    loan.coins(sale.wanted, sale.asset),
                    "reason",
                    "QUARANTINED",
                    "evidence",
                    Said.Nothing.NULL));
        }
        return due;
    }

    private static Said said(String type, Object... fields) {
        return new Said(type, Said.fields(fields), Map.of(), null);
    }

    private static Place place(GenericRecord event) {
        return new Place(event.get("topic").toString(), (Integer) event.get("partition"), (Long) event.get("offset"));
    }

    // --- a record is skipped -----------------------------------------------------------------------------------------

    private void skip(Decision decision, @Nullable Loan loan) {
        GenericRecord event = decision.events.getFirst();
        Place place = place(event);
        orders.carriedOut(place);
        String skipId = event.get("skipId").toString();
        List<SkipOrders.Order> named = orders.under(skipId);
        SkipOrders.Order order = named.stream()
                .filter(each -> each.flaw().isEmpty() && says(each, place, event))
                .findFirst()
                .orElse(null);
        tally.holds(
                Check.SKIP_ORDERED,
                order != null,
                decision.place(),
                () -> place + " is skipped by " + skipId
                        + (named.isEmpty() ? ", which nobody ordered" : ", which is " + named));
        Place cause = decision.header.cause();
        boolean inItsTurn = inputs.origin(cause).equals(place) || cause.equals(place);
        Quarantine quarantine = loan == null ? null : loan.quarantine;
        boolean lifts = quarantine != null && quarantine.begunBy().equals(place);
        tally.holds(
                Check.SKIP_ORDERED,
                inItsTurn ? letters.isFor(group, place, SKIPPED) : cause.topic().equals(Topics.TERMS_FANNED) && lifts,
                decision.place(),
                () -> inItsTurn
                        ? place + " is skipped and is no dead letter for it"
                        : "caused by " + cause + ", but no quarantine began at " + place);
        follow(decision, loan, order, lifts);
    }

    private void follow(Decision decision, @Nullable Loan loan, SkipOrders.@Nullable Order order, boolean lifts) {
        GenericRecord skip = decision.events.getFirst();
        List<Said> due = new ArrayList<>(List.of(said("RecordSkipped")));
        if (lifts) {
            due.add(said(
                    "QuarantineLifted",
                    "skipId",
                    skip.get("skipId"),
                    "firstOperator",
                    skip.get("firstOperator"),
                    "secondOperator",
                    skip.get("secondOperator"),
                    "reason",
                    skip.get("reason")));
        }
        String difference = Comparison.ofDecision(due, decision);
        tally.holds(Check.QUARANTINE_HOLDS, difference == null, decision.place(), () -> "" + difference);
        boolean another = lifts && order != null && loan != null && !order.isFor(loan.id);
        tally.holds(Check.SKIP_ORDERED, !another, decision.place(), () -> "lifted by " + order + ", of another loan");
        if (lifts && loan != null) {
            loan.quarantine = null;
        }
    }

    private static boolean says(SkipOrders.Order order, Place place, GenericRecord event) {
        return order.place().equals(place)
                && order.first().equals(event.get("firstOperator").toString())
                && order.second().equals(event.get("secondOperator").toString())
                && order.reason().equals(event.get("reason").toString());
    }

    // --- at the end --------------------------------------------------------------------------------------------------

    /** No loan stays in quarantine. */
    void end(Map<String, Loan> loans) {
        for (Loan loan : loans.values()) {
            Quarantine quarantine = loan.quarantine;
            if (quarantine != null) {
                tally.wrong(
                        Check.QUARANTINE_HOLDS,
                        quarantine.journalPlace(),
                        "still in quarantine, since " + quarantine.begunBy());
            }
        }
    }
}
