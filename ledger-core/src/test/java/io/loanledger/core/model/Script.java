package io.loanledger.core.model;

import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.model.Play.Item;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The facts of one history, by topic: a loan of 5,000.00 on a BTC and something more. */
final class Script {
    private static final BigDecimal PRINCIPAL = new BigDecimal("5000.00");

    /** Of a line: what is paid out at once, and what is drawn later. */
    private static final BigDecimal FIRST_DRAW = new BigDecimal("3500.00");

    private static final BigDecimal DRAW = new BigDecimal("1500.00");

    final Random random;
    final ProductTerms product;
    final List<List<Item>> topics = new ArrayList<>();

    /** By market, where everything ends. */
    final Map<String, String> lastPrices = new TreeMap<>();

    private boolean drawsLater;
    private int facts;
    private final List<LocalDate> fixings = new ArrayList<>();

    Script(long seed, ProductTerms product) {
        this.random = new Random(seed);
        this.product = product;
    }

    private FactHead head(Instant at) {
        facts++;
        return new FactHead("fact-" + facts, at, "outside", facts, at);
    }

    private static Item always(LoanInput input) {
        return play -> () -> play.stage.tell(input.getClass().getSimpleName(), input);
    }

    /** Once the clock has reached the fact's day: until then its value date would be cut off. */
    private static Item onItsDay(Instant at, LoanInput input) {
        return play -> hasCome(play, at) ? always(input).apply(play) : null;
    }

    private static boolean hasCome(Play play, Instant at) {
        return !PermutedFactsTest.day(play.stage.world.taskTime()).isBefore(PermutedFactsTest.day(at));
    }

    private static Stated usd(BigDecimal amount) {
        return new Stated(amount, "USD");
    }

    private static Stated usd(String amount) {
        return usd(new BigDecimal(amount));
    }

    private void topic(Item... items) {
        topics.add(List.of(items));
    }

    /** Where the product looks beside BTC: there a topic of its own brings prices, at the same times. */
    private List<String> furtherMarkets() {
        List<String> markets = new ArrayList<>();
        for (CollateralTerms coin : product.collateral()) {
            if (!coin.market().equals(World.MARKET)) {
                markets.add(coin.market());
            }
        }
        if (product.agreed().debtPrice() != null) {
            markets.add(product.agreed().debtPrice().market());
        }
        return markets;
    }

    /** The last of them is where prices stay. */
    void prices(int days, String... prices) {
        topicOfPrices(World.MARKET, days, prices);
        for (String market : furtherMarkets()) {
            String[] others = new String[prices.length];
            for (int i = 0; i < prices.length; i++) {
                others[i] = market.equals(PermutedProducts.DEBT_MARKET) ? "1.0" + i % 2 : thirtieth(prices[i]);
            }
            topicOfPrices(market, days, others);
        }
    }

    private static String thirtieth(String price) {
        return Integer.toString(Integer.parseInt(price) / 30);
    }

    private void topicOfPrices(String market, int days, String... prices) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            String price = prices[i];
            Instant at = World.START.plus(Duration.ofDays((long) days * i)).plusSeconds(i);
            items.add(play -> isFixed(play, at) ? () -> play.price(market, at, price) : null);
        }
        lastPrices.put(market, prices[prices.length - 1]);
        topics.add(items);
    }

    /** A rate is fixed before its day comes. */
    private boolean isFixed(Play play, Instant at) {
        return !(product.interest().rate() instanceof Rate.Floating rate)
                || play.stage.world.series(rate.rateId()).fixings().keySet().containsAll(fixedOn(at));
    }

    /** The days up to a time on which the rate changes. */
    private List<LocalDate> fixedOn(Instant at) {
        LocalDate last = PermutedFactsTest.day(at);
        return fixings.stream().filter(day -> !day.isAfter(last)).toList();
    }

    /** Of a floating rate, every nine days another value. */
    void fixings(String... values) {
        if (product.interest().rate() instanceof Rate.Floating rate) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                LocalDate from = PermutedFactsTest.day(World.START).plusDays(9L * i);
                BigDecimal value = new BigDecimal(values[i]);
                fixings.add(from);
                items.add(play -> () -> play.stage.world.fix(rate.rateId(), from, value));
            }
            topics.add(items);
        }
    }

    void lending(boolean hold) {
        List<Item> items = new ArrayList<>();
        items.add(always(new LoanInput.LoanRequested(
                head(World.START),
                "borrower",
                product.productId(),
                usd(PRINCIPAL),
                "BTC",
                drawsLater ? FIRST_DRAW : null)));
        if (hold) {
            items.add(always(new LoanInput.ComplianceStatusChanged(head(World.START), true, "review")));
            items.add(always(new LoanInput.ComplianceStatusChanged(head(World.START), false, "clear")));
        }
        topics.add(items);
    }

    /** One BTC, and more: of another coin where the product takes one. */
    void custody(boolean revert, boolean detect) {
        Stated more = product.mixedCollateral()
                ? new Stated(new BigDecimal("8"), "ETH")
                : new Stated(new BigDecimal("0.3"), "BTC");
        List<Item> items = new ArrayList<>();
        items.add(always(new LoanInput.CollateralLocked(head(World.START), "tx:1", new Stated(BigDecimal.ONE, "BTC"))));
        if (detect) {
            items.add(always(new LoanInput.CollateralDetected(head(World.START), "tx:2", more, 0)));
        }
        items.add(always(new LoanInput.CollateralLocked(head(World.START), "tx:2", more)));
        if (revert) {
            items.add(always(new LoanInput.CollateralLockReverted(head(World.START), "tx:2", "reorganised")));
        }
        topics.add(items);
        topic(claim("tx:1"), claim("tx:2"));
    }

    private Item claim(String proof) {
        return play -> play.loan()
                        .pledge(proof)
                        .filter(p -> p.stage() != Pledge.Stage.DETECTED)
                        .isPresent()
                ? always(new LoanInput.ClaimGranted(proof)).apply(play)
                : null;
    }

    /** With {@code chargedBack} the second payment may never have come. */
    void money(int days, boolean chargedBack, String... amounts) {
        List<Item> items = new ArrayList<>();
        LoanInput confirmed = new LoanInput.DisbursementConfirmed(head(World.START), "P/disbursement", usd(payout()));
        items.add(play ->
                play.loan().disbursement() == null ? null : always(confirmed).apply(play));
        for (int i = 0; i < amounts.length; i++) {
            Instant at = World.START.plus(Duration.ofDays((long) days * i));
            items.add(onItsDay(at, new LoanInput.RepaymentReceived(head(at), "pay-" + i, usd(amounts[i]))));
            if (chargedBack && i == 1) {
                items.add(
                        always(new LoanInput.RepaymentReversed(head(at), "pay-" + i, usd(amounts[i]), "charged back")));
            }
        }
        topics.add(items);
    }

    /** Less the fee that is kept of it. */
    private BigDecimal payout() {
        AgreementTerms agreed = product.agreed();
        Money lent = Money.of((drawsLater ? FIRST_DRAW : PRINCIPAL).toPlainString(), World.USD);
        return (agreed.origination() == null
                        ? lent
                        : lent.minus(agreed.origination().feeOf(lent)))
                .amount();
    }

    /** The rest of a line, before the loan is asked for. That it is drawn is no fact, so it is asked for when it is sure to be granted; that it was paid is one. */
    void draw(int days) {
        if (product.agreed().line() == null) {
            return;
        }
        drawsLater = true;
        Instant at = World.START.plus(Duration.ofDays(days));
        LoanInput asked = new LoanInput.DrawdownRequested(head(at), usd(DRAW));
        LoanInput paid = new LoanInput.DisbursementConfirmed(
                head(at),
                "P/disbursement/2",
                usd(product.agreed().line().drawFee().fixed().amount().negate().add(DRAW)));
        topic(
                play -> hasCome(play, at)
                                && play.loan().status() == LoanStatus.ACTIVE
                                && !play.loan().frozen()
                        ? always(asked).apply(play)
                        : null,
                play -> play.loan()
                                .draws()
                                .draw("P/disbursement/2")
                                .filter(Disbursement::isPending)
                                .isPresent()
                        ? always(paid).apply(play)
                        : null);
    }

    void terms() {
        topic(play -> () -> play.stage.world.publish(product));
    }
}
