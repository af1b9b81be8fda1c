package io.loanledger.events.broadcast;

import io.loanledger.events.FannedTerms;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A sequence of records with one writer, each of which stands in every partition of its topic. A topic may hold several.
 *
 * @param topic the topic
 * @param transactionalId names the writer: a second one under the same name ends the first
 * @param position the position of a record of the topic; empty if it belongs to another stream
 */
public record BroadcastStream(
        Topic topic, String transactionalId, Function<SpecificRecord, Optional<Position>> position) {

    /** The index prices of one market. */
    public static BroadcastStream indexPrices(String market) {
        return new BroadcastStream(
                TopicCatalogue.INDEX_PRICES,
                "loan-ledger-index-" + market,
                record ->
                        record instanceof IndexPrice price && price.getMarket().equals(market)
                                ? Optional.of(new Position(price.getEpoch(), price.getSequence()))
                                : Optional.empty());
    }

    /** The lender's terms, pauses and kill switch. */
    public static BroadcastStream terms() {
        return new BroadcastStream(
                TopicCatalogue.TERMS_FANNED,
                "loan-ledger-terms",
                record -> record instanceof FannedTerms terms
                        ? Optional.of(new Position(terms.getEpoch(), terms.getSequence()))
                        : Optional.empty());
    }
}
