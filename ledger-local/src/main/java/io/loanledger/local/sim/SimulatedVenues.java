package io.loanledger.local.sim;

import io.loanledger.events.PriceTick;
import io.loanledger.events.TickKind;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * Five simulated venues that trade around one price: each prints a trade within 5 hundredths of a per cent of it. For one thread.
 */
public final class SimulatedVenues {

    /** The venue whose trades the simulated desk deals at. */
    public static final String DESK_VENUE = "simulated-venue-1";

    private static final List<String> VENUES =
            List.of(DESK_VENUE, "simulated-venue-2", "simulated-venue-3", "simulated-venue-4", "simulated-venue-5");

    private static final String PRODUCER = "simulated-venues";
    private static final int WIDEST = 5;
    private static final BigDecimal UNIT = BigDecimal.valueOf(10_000);
    private static final int PRICE_SCALE = 2;

    private final RecordSink outbox;
    private final SeededChoice choice;
    private volatile BigDecimal lastPrice = BigDecimal.ONE;

    public SimulatedVenues(RecordSink outbox, SeededChoice choice) {
        this.outbox = outbox;
        this.choice = choice;
    }

    /** Their names. */
    public static List<String> names() {
        return VENUES;
    }

    /** What they last traded around; 1 before the first trade. For any thread. */
    public BigDecimal lastPrice() {
        return lastPrice;
    }

    /** One trade at each venue. */
    public void trade(String market, BigDecimal price, Instant at) {
        lastPrice = price;
        for (String venue : VENUES) {
            String id = venue + "-" + market + "-" + at;
            int offset = choice.below(2 * WIDEST + 1, "venue-price", id) - WIDEST;
            BigDecimal traded = price.multiply(UNIT.add(BigDecimal.valueOf(offset)))
                    .divide(UNIT, PRICE_SCALE, RoundingMode.HALF_EVEN);
            PriceTick tick = PriceTick.newBuilder()
                    .setEventId(id)
                    .setOccurredAt(at)
                    .setProducer(PRODUCER)
                    .setMarket(market)
                    .setVenue(venue)
                    .setKind(TickKind.TRADE)
                    .setPrice(traded.toPlainString())
                    .setSize("0.10000000")
                    .setQuoteCurrency(DemoProducts.DEBT_ASSET)
                    .build();
            outbox.send(TopicCatalogue.TICKS_OF_VENUES, market, tick);
        }
    }
}
