package io.loanledger.core.price;

import io.loanledger.core.money.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one market's index is made from its venues. Fractions are exact; durations count in the index's own time.
 *
 * @param market the market's id, "BTC-USD"
 * @param quoteCurrency the currency of the index, "USD"
 * @param venueCurrencies each venue that may count, by name, with the currency it quotes in
 * @param quorum how many venues must agree; at least three
 * @param maxAge a quote older than this is out
 * @param maxSpread (ask - bid) / mid above this is out
 * @param lowest a price under this is absurd in this market; at least one unit of the last decimal place, so that no mean rounds to zero
 * @param highest a price over this is absurd in this market
 * @param outlierOut a venue further than this from the median of all venues is out
 * @param outlierIn and comes back at this distance or nearer
 * @param clamp a venue that counts weighs in no further than this from the median of those that count; a terminating decimal
 * @param priceScale decimal places of the index; the mean is rounded half-even to it
 * @param jump a move from the last price of more than this is not believed at once
 * @param jumpDwell for how long the price must go on without another jump to be believed
 * @param halt a move of more than this halts the market
 * @param haltDwell and for how long the price must go on without another jump then
 * @param fullDwell for how long all venues must count again before DEGRADED ends
 * @param conflation the shortest time between two index prices
 * @param heartbeat the longest
 */
public record IndexRules(
        String market,
        String quoteCurrency,
        SortedMap<String, String> venueCurrencies,
        int quorum,
        Duration maxAge,
        Fraction maxSpread,
        BigDecimal lowest,
        BigDecimal highest,
        Fraction outlierOut,
        Fraction outlierIn,
        Fraction clamp,
        int priceScale,
        Fraction jump,
        Duration jumpDwell,
        Fraction halt,
        Duration haltDwell,
        Duration fullDwell,
        Duration conflation,
        Duration heartbeat) {
    private static final int SMALLEST_QUORUM = 3;

    public IndexRules {
        venueCurrencies = Collections.unmodifiableSortedMap(new TreeMap<>(venueCurrencies));
        require(
                quorum >= SMALLEST_QUORUM,
                "a quorum is at least three venues: with two, neither can outvote the other");
        require(venueCurrencies.size() >= quorum, "the market has fewer venues than its quorum");
        require(lowest.signum() > 0 && lowest.compareTo(highest) < 0, "the sanity limits are positive and in order");
        require(outlierIn.compareTo(outlierOut) <= 0, "a venue comes back inside the distance at which it went out");
        require(clamp.compareTo(outlierOut) <= 0, "the clamp lies inside the outlier limit");
        require(isTerminating(clamp), "the clamp is a terminating decimal, so that its edges are exact");
        require(jump.compareTo(halt) <= 0, "a halt takes at least a jump");
        require(priceScale >= 0 && priceScale <= 18, "a price has 0 to 18 decimal places");
        require(
                lowest.compareTo(BigDecimal.ONE.movePointLeft(priceScale)) >= 0,
                "the lowest price is not under the price scale");
        require(isPositive(maxAge) && isPositive(conflation), "ages and intervals are positive");
        require(conflation.compareTo(heartbeat) <= 0, "the heartbeat is the longer interval");
        require(
                !jumpDwell.isNegative() && jumpDwell.compareTo(haltDwell) <= 0 && !fullDwell.isNegative(),
                "dwell times are not negative, and a halt's is the longest");
    }

    /** The rules of the documentation for a market whose venues all quote in its own currency or in those named. */
    public static IndexRules standard(String market, String quoteCurrency, Map<String, String> venueCurrencies) {
        return new IndexRules(
                market,
                quoteCurrency,
                new TreeMap<>(venueCurrencies),
                SMALLEST_QUORUM,
                Duration.ofSeconds(10),
                Fraction.of(1, 100),
                new BigDecimal("0.01"),
                new BigDecimal("1000000000"),
                Fraction.of(3, 100),
                Fraction.of(15, 1000),
                Fraction.of(5, 1000),
                2,
                Fraction.of(5, 100),
                Duration.ofSeconds(1),
                Fraction.of(30, 100),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofSeconds(1));
    }

    /** The same rules with another quorum. */
    public IndexRules withQuorum(int venues) {
        return with(venues, maxAge, lowest, priceScale);
    }

    /** The same rules with another age limit: a replay that steps ten seconds at a time cannot ask for quotes of the last ten. */
    public IndexRules withMaxAge(Duration age) {
        return with(quorum, age, lowest, priceScale);
    }

    /** The same rules for a market that is priced to so many decimal places; its lowest price is one unit of the last. */
    public IndexRules withPriceScale(int places) {
        return with(quorum, maxAge, BigDecimal.ONE.movePointLeft(places), places);
    }

    private IndexRules with(int venues, Duration age, BigDecimal least, int places) {
        return new IndexRules(
                market,
                quoteCurrency,
                venueCurrencies,
                venues,
                age,
                maxSpread,
                least,
                highest,
                outlierOut,
                outlierIn,
                clamp,
                places,
                jump,
                jumpDwell,
                halt,
                haltDwell,
                fullDwell,
                conflation,
                heartbeat);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static boolean isTerminating(Fraction fraction) {
        BigInteger rest = fraction.denominator()
                .divide(fraction.numerator().gcd(fraction.denominator()).max(BigInteger.ONE));
        for (BigInteger prime : new BigInteger[] {BigInteger.TWO, BigInteger.valueOf(5)}) {
            while (rest.mod(prime).signum() == 0) {
                rest = rest.divide(prime);
            }
        }
        return rest.equals(BigInteger.ONE);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
