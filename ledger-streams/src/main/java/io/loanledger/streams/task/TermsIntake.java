package io.loanledger.streams.task;

import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.RateSeries;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.PatientReader;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.wire.BroadcastMapping;
import io.loanledger.streams.wire.MappedBroadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the fanned terms in the strictly rising order of their (epoch, sequence). Loans that waited for a product's terms are due
 * with the next index record. The kill switch is for those who send orders; here it only moves the sequence on. An order to
 * skip a record is followed if its approvals hold.
 */
final class TermsIntake {
    private static final Logger LOG = LoggerFactory.getLogger(TermsIntake.class);

    private final PatientReader reader;
    private final TaskCircumstances circumstances;
    private final TaskIndex index;
    private final DeadLetters deadLetters;
    private final LedgerMeters meters;
    private final OperatorSkips skips;
    private final SkippedRecords skipped;

    TermsIntake(
            PatientReader reader,
            TaskCircumstances circumstances,
            TaskIndex index,
            DeadLetters deadLetters,
            LedgerMeters meters,
            OperatorSkips skips,
            SkippedRecords skipped) {
        this.reader = reader;
        this.circumstances = circumstances;
        this.index = index;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.skips = skips;
        this.skipped = skipped;
    }

    void take(Arrival arrival) {
        switch (reader.read(TopicCatalogue.TERMS_FANNED, arrival.value())) {
            case Decoded.Readable readable -> {
                switch (BroadcastMapping.terms((FannedTerms) readable.value())) {
                    case MappedBroadcast.Terms terms -> take(arrival, terms);
                    case MappedBroadcast.Price price ->
                        throw new IllegalStateException("the fanned terms carry no price");
                    case MappedBroadcast.Unreadable unreadable ->
                        deadLetters.put(arrival, unreadable.reason(), unreadable.detail());
                }
            }
            case Decoded.Unreadable unreadable -> deadLetters.put(arrival, unreadable.reason(), unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        }
    }

    private void take(Arrival arrival, MappedBroadcast.Terms terms) {
        if (!circumstances.termsPosition().isBefore(terms.epoch(), terms.sequence())) {
            meters.broadcastRefused(arrival.topic(), "NOT_RISING");
            return;
        }
        circumstances.advance(new TermsPosition(terms.epoch(), terms.sequence()));
        switch (terms.change()) {
            case MappedBroadcast.ProductChanged product -> know(arrival, product.terms());
            case MappedBroadcast.RateFixed fixing -> fix(arrival, fixing);
            case MappedBroadcast.AddOnSet addOn -> count(arrival, addOn);
            case MappedBroadcast.MarketPaused pause -> circumstances.pause(pause.market(), pause.paused());
            case MappedBroadcast.KillSwitchSet kill -> {}
            case MappedBroadcast.SkipOrdered skip -> skip(arrival, skip.order());
        }
    }

    /** The fan-out lets no order through that is not approved; nobody relies on that alone. */
    private void skip(Arrival arrival, OperatorSkip order) {
        OperatorKeys.Verdict verdict = skips.accept(order);
        if (verdict == OperatorKeys.Verdict.APPROVED) {
            skipped.ordered(order, arrival);
        } else {
            meters.broadcastRefused(arrival.topic(), verdict.name());
            LOG.error("order {} to skip a record is not followed: {}", order.getEventId(), verdict);
        }
    }

    private void fix(Arrival arrival, MappedBroadcast.RateFixed fixing) {
        RateSeries former = circumstances.series(fixing.rateId());
        switch (circumstances.take(fixing)) {
            case NEW -> {
                if (former.isEmpty()) {
                    index.rateArrived(fixing.rateId());
                } else if (circumstances.outrunsKeys(fixing, former)) {
                    index.endKeys(fixing.rateId());
                }
            }
            case KNOWN -> {}
            case CONFLICTING ->
                refuse(
                        arrival,
                        "%s is fixed at another value for %s".formatted(fixing.rateId(), fixing.effectiveFrom()));
        }
    }

    /** Keys are prices that count: the next index record of the market is compared with them as they are. */
    private void count(Arrival arrival, MappedBroadcast.AddOnSet set) {
        switch (circumstances.take(set)) {
            case NEW, KNOWN -> {}
            case CONFLICTING ->
                refuse(
                        arrival,
                        "the add-on of %s version %d is known with another value"
                                .formatted(set.market(), set.addOn().version()));
        }
    }

    private void know(Arrival arrival, ProductTerms terms) {
        switch (circumstances.take(terms)) {
            case NEW -> index.termsArrived(terms.productId());
            case KNOWN -> {}
            case CONFLICTING ->
                refuse(
                        arrival,
                        "%s version %d is known with other content, or gives an asset another scale"
                                .formatted(terms.productId(), terms.version()));
        }
    }

    private void refuse(Arrival arrival, String detail) {
        meters.broadcastRefused(arrival.topic(), DeadLetters.Reason.CONFLICTING_TERMS.name());
        deadLetters.put(arrival, DeadLetters.Reason.CONFLICTING_TERMS, detail);
        LOG.error("terms contradict what is known: {}", detail);
    }
}
