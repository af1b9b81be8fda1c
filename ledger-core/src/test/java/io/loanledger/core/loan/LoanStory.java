package io.loanledger.core.loan;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.RateSeries;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells one loan's story to the decider, one input a line, and remembers the events. The clock is task time: a price moves it, and
 * what is due before the price happens first, as in the ledger's task.
 */
final class LoanStory implements Circumstances {
    static final Asset BTC = new Asset("BTC", 8);
    static final Asset USD = new Asset("USD", 2);
    static final String MARKET = "BTC-USD";
    static final Instant START = Instant.parse("2020-03-01T00:00:00Z");

    /** The demo's product: open 50 %, call 70 % cured at 60 % within 24 h, liquidate at 80 % to 60 %, dust 500, fee 0.99 %. */
    static final ProductTerms PRODUCT = new ProductTerms(
            "btc-24h",
            1,
            USD,
            List.of(new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("0.00010000", BTC))),
            Fraction.percent(50),
            Ladder.of(
                    Threshold.reaches(Fraction.percent(70)),
                    Fraction.percent(60),
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    Ladder.ClockStopper.DETECTED),
            new LiquidationTerms(
                    Threshold.reaches(Fraction.percent(80)),
                    Fraction.percent(60),
                    Money.of("500", USD),
                    Fraction.of(99, 10_000),
                    Fraction.percent(2)),
            new InterestTerms(Fraction.percent(12), DayCount.ACT_365F),
            ExposureBasis.OUTSTANDING,
            365);

    private final Map<String, ProductTerms> terms = new HashMap<>();
    private final Map<String, IndexPrice> prices = new HashMap<>();
    private final Map<String, RateSeries> rates = new HashMap<>();
    private final List<LoanEvent> events = new ArrayList<>();
    private Instant taskTime = Instant.EPOCH;
    private BigDecimal addOn = BigDecimal.ZERO;
    private long sequence;
    private int facts;
    private Loan loan;
    private @Nullable Decision last;

    LoanStory(String loanId) {
        loan = Loan.unknown(loanId);
        terms.put(PRODUCT.productId(), PRODUCT);
    }

    /** 1 BTC against 5,000 USD at 10,000: disbursed on {@link #START}, loan-to-value 50 %. */
    static LoanStory disbursed() {
        return disbursed(Ladder.ClockStopper.DETECTED);
    }

    /** A loan of another product on 10 BTC at 10,000, asked for and secured; {@link #paidOut} when it was issued. */
    static LoanStory secured(ProductTerms product, String principal) {
        return securedAt("10000", product, principal);
    }

    /** As {@link #secured}, at another price. */
    static LoanStory securedAt(String price, ProductTerms product, String principal) {
        LoanStory story = new LoanStory("L1");
        story.terms.put(product.productId(), product);
        story.price(START, price);
        story.tell(new LoanInput.LoanRequested(
                story.head(START),
                "alice",
                product.productId(),
                new LoanInput.Stated(new BigDecimal(principal), "USD"),
                "BTC"));
        return story.locked("tx:0", "10.00000000").granted("tx:0");
    }

    /** The principal of a loan that was issued, with the value date of {@link #START}. */
    LoanStory paidOut() {
        return paidOut(loan.terms().principal().amount().toPlainString());
    }

    LoanStory paidOut(String amount) {
        return tell(new LoanInput.DisbursementConfirmed(
                head(START), "L1/disbursement", new LoanInput.Stated(new BigDecimal(amount), "USD")));
    }

    /** The product of the demo with other interest, exposure and agreement. */
    static ProductTerms product(InterestTerms interest, ExposureBasis basis, int termDays, AgreementTerms agreed) {
        return new ProductTerms(
                "agreed",
                1,
                PRODUCT.debtAsset(),
                PRODUCT.collateral(),
                PRODUCT.openLtv(),
                PRODUCT.ladder(),
                PRODUCT.liquidation(),
                interest,
                basis,
                termDays,
                null,
                agreed);
    }

    static LoanStory disbursed(Ladder.ClockStopper stopper) {
        LoanStory story = new LoanStory("L1");
        story.terms.put(PRODUCT.productId(), with(stopper));
        story.price(START, "10000");
        story.requested("5000.00");
        story.locked("tx:0", "1.00000000");
        story.granted("tx:0");
        story.tell(new LoanInput.DisbursementConfirmed(
                story.head(START), "L1/disbursement", new LoanInput.Stated(new BigDecimal("5000.00"), "USD")));
        return story;
    }

    private static ProductTerms with(Ladder.ClockStopper stopper) {
        Ladder call = PRODUCT.ladder();
        return new ProductTerms(
                PRODUCT.productId(),
                PRODUCT.version(),
                PRODUCT.debtAsset(),
                PRODUCT.collateral(),
                PRODUCT.openLtv(),
                Ladder.of(
                        call.rung(1).threshold(),
                        call.rung(1).level(),
                        call.rung(1).period(),
                        call.factLag(),
                        stopper),
                PRODUCT.liquidation(),
                PRODUCT.interest(),
                PRODUCT.exposureBasis(),
                PRODUCT.termDays());
    }

    // --- what may be told
    // -----------------------------------------------------------------------------------------------

    LoanStory requested(String principal) {
        return tell(new LoanInput.LoanRequested(
                head(START),
                "alice",
                PRODUCT.productId(),
                new LoanInput.Stated(new BigDecimal(principal), "USD"),
                "BTC"));
    }

    LoanStory locked(String proof, String quantity) {
        return lockedAt(proof, quantity, taskTime);
    }

    LoanStory lockedAt(String proof, String quantity, Instant at) {
        return tell(
                new LoanInput.CollateralLocked(head(at), proof, new LoanInput.Stated(new BigDecimal(quantity), "BTC")));
    }

    LoanStory granted(String proof) {
        return tell(new LoanInput.ClaimGranted(proof));
    }

    LoanStory repaid(Instant at, String amount) {
        return tell(new LoanInput.RepaymentReceived(
                head(at), "pay-" + facts, new LoanInput.Stated(new BigDecimal(amount), "USD")));
    }

    LoanStory repaid(Instant at, String reference, String amount) {
        return tell(new LoanInput.RepaymentReceived(
                head(at), reference, new LoanInput.Stated(new BigDecimal(amount), "USD")));
    }

    LoanStory bounced(String reference, String amount) {
        return tell(new LoanInput.RepaymentReversed(
                head(taskTime), reference, new LoanInput.Stated(new BigDecimal(amount), "USD"), "bounced"));
    }

    LoanStory charged(ChargeKind kind, String amount) {
        return tell(new LoanInput.ChargeRaised(
                head(taskTime), kind, new LoanInput.Stated(new BigDecimal(amount), "USD"), "court"));
    }

    LoanStory settled(int version, String quantity, String gross, String fees, boolean last) {
        return tell(new LoanInput.LiquidationSettled(
                loan.loanId() + "/case/" + loan.counters().cases(),
                version,
                new BigDecimal(quantity),
                new BigDecimal(gross),
                new BigDecimal(fees),
                last));
    }

    LoanStory declined(String reason) {
        return tell(new LoanInput.LiquidationDeclined(
                loan.loanId() + "/case/" + loan.counters().cases(), 1, reason, 1, sequence));
    }

    LoanStory acknowledged(int version, String irrevocable) {
        return tell(new LoanInput.AmendmentAcknowledged(
                loan.loanId() + "/case/" + loan.counters().cases(), version, new BigDecimal(irrevocable)));
    }

    LoanStory reverted(Instant at, String proof) {
        return tell(new LoanInput.CollateralLockReverted(head(at), proof, "reorganised"));
    }

    LoanStory frozen(Instant at, boolean frozen) {
        return tell(new LoanInput.ComplianceStatusChanged(head(at), frozen, "review"));
    }

    LoanStory detected(Instant at, String proof, String quantity) {
        return tell(new LoanInput.CollateralDetected(
                head(at), proof, new LoanInput.Stated(new BigDecimal(quantity), "BTC"), 0));
    }

    /** The borrower asks for coin back, now. */
    LoanStory releaseAsked(String quantity) {
        return tell(new LoanInput.CollateralReleaseRequested(head(taskTime), coin(quantity)));
    }

    LoanStory delivered(String quantity) {
        return tell(new LoanInput.CollateralDelivered(head(taskTime), "L1/case/1", coin(quantity)));
    }

    LoanStory returned(String quantity) {
        return tell(new LoanInput.CollateralReturned(head(taskTime), "L1/case/1", coin(quantity)));
    }

    /** The bank gives the payout back. */
    LoanStory payoutReturned(Instant at, String amount) {
        return tell(new LoanInput.DisbursementReturned(
                head(at), "L1/disbursement", new LoanInput.Stated(new BigDecimal(amount), "USD"), "bank"));
    }

    LoanStory proceeds(String caseId, String amount) {
        return tell(new LoanInput.SaleProceedsReceived(
                head(taskTime), caseId, "wire-" + facts, new LoanInput.Stated(new BigDecimal(amount), "USD")));
    }

    LoanStory publish(ProductTerms product) {
        terms.put(product.productId(), product);
        return this;
    }

    /** The lender publishes new terms, with another cure level. */
    LoanStory newTerms(int version, Fraction cureLtv) {
        Ladder call = PRODUCT.ladder();
        terms.put(
                PRODUCT.productId(),
                new ProductTerms(
                        PRODUCT.productId(),
                        version,
                        PRODUCT.debtAsset(),
                        PRODUCT.collateral(),
                        PRODUCT.openLtv(),
                        Ladder.of(
                                call.rung(1).threshold(),
                                cureLtv,
                                call.rung(1).period(),
                                call.factLag(),
                                call.clockStopper()),
                        PRODUCT.liquidation(),
                        PRODUCT.interest(),
                        PRODUCT.exposureBasis(),
                        PRODUCT.termDays()));
        return this;
    }

    /** The lender publishes terms. */
    LoanStory published(ProductTerms product) {
        terms.put(product.productId(), product);
        return this;
    }

    /** Both agreed on other terms at that time, for a fee. */
    LoanStory amended(Instant at, ProductTerms to, @Nullable LocalDate maturity, String fee) {
        return tell(new LoanInput.TermsAmended(
                head(at),
                to.productId(),
                to.version(),
                maturity,
                new LoanInput.Stated(new BigDecimal(fee), "USD"),
                "agreed"));
    }

    /** A price, and the rate that the loan's terms state. */
    static Quote quote(Loan loan, String price) {
        return new Quote(new BigDecimal(price), RateClock.of(loan, Rates.NONE));
    }

    static LoanInput.Stated coin(String quantity) {
        return new LoanInput.Stated(new BigDecimal(quantity), "BTC");
    }

    /** A rate has a value from a day on. Tells the loan nothing. */
    LoanStory fixed(String rateId, LocalDate effectiveFrom, String value) {
        rates.put(rateId, series(rateId).with(effectiveFrom, new BigDecimal(value)));
        return this;
    }

    /** The lender's book has much of a market's coin. Tells the loan nothing. */
    LoanStory withAddOn(String share) {
        addOn = new BigDecimal(share);
        return this;
    }

    @Override
    public BigDecimal addOn(String market) {
        return market.equals(MARKET) ? addOn : BigDecimal.ZERO;
    }

    @Override
    public RateSeries series(String rateId) {
        return rates.getOrDefault(rateId, RateSeries.EMPTY);
    }

    /** A price of the open market: first what is due before it, then the price, if a trigger asks for the visit. */
    LoanStory price(Instant at, String price) {
        return price(at, price, IndexState.LIVE);
    }

    LoanStory price(Instant at, String price, IndexState state) {
        return price(MARKET, at, price, state);
    }

    LoanStory price(String market, Instant at, String price, IndexState state) {
        Instant former = taskTime;
        taskTime = at.isAfter(taskTime) ? at : taskTime;
        LoanTriggers triggers = LoanTriggers.of(loan, this, former, 0);
        if (triggers.decideAt() != null && triggers.decideAt().isBefore(taskTime)) {
            tell(new LoanInput.TimePassed(taskTime));
        }
        IndexPrice index = new IndexPrice(market, 1, ++sequence, at, new BigDecimal(price), state, "", 3, List.of());
        prices.put(market, index);
        if (!state.isOpen()) {
            return this;
        }
        triggers = LoanTriggers.of(loan, this, taskTime, 0);
        long key = counted(index)
                .setScale(LoanTriggers.KEY_SCALE, RoundingMode.FLOOR)
                .unscaledValue()
                .longValueExact();
        if (asksFor(triggers, market, key)) {
            tell(new LoanInput.PriceObserved(index));
        }
        return this;
    }

    /** The newest price of an open sweep that has not come to this loan yet. */
    LoanStory priceWithoutVisit(Instant at, String price) {
        taskTime = at.isAfter(taskTime) ? at : taskTime;
        prices.put(
                MARKET,
                new IndexPrice(MARKET, 1, ++sequence, at, new BigDecimal(price), IndexState.LIVE, "", 3, List.of()));
        return this;
    }

    private static boolean asksFor(LoanTriggers triggers, String market, long key) {
        if (market.equals(triggers.market())) {
            return key <= triggers.fallingKey() || key >= triggers.risingKey();
        }
        return triggers.further().stream()
                .anyMatch(keys -> keys.market().equals(market)
                        && ((keys.hasFalling() && key <= keys.fallingKey())
                                || (keys.hasRising() && key >= keys.risingKey())));
    }

    /** What the ledger does to the loan without asking its rules. */
    LoanStory done(Decision.Accepted operation) {
        for (Decision.Step step : operation.steps()) {
            events.add(step.event());
            loan = step.after();
        }
        return this;
    }

    LoanStory tell(LoanInput input) {
        last = LoanDecider.decide(loan, input, this);
        if (last instanceof Decision.Accepted accepted) {
            for (Decision.Step step : accepted.steps()) {
                LoanPostings.of(step.event());
                events.add(step.event());
                loan = step.after();
            }
        }
        return this;
    }

    FactHead head(Instant at) {
        facts++;
        return new FactHead("event-" + facts, at, "test", facts, at);
    }

    // --- what may be asked
    // ----------------------------------------------------------------------------------------------

    Loan loan() {
        return loan;
    }

    List<LoanEvent> events() {
        return events;
    }

    <E extends LoanEvent> E the(Class<E> type) {
        List<E> found = all(type);
        assertThat(found).as("%s among %s", type.getSimpleName(), names()).hasSize(1);
        return found.getFirst();
    }

    <E extends LoanEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> names() {
        return events.stream().map(e -> e.getClass().getSimpleName()).toList();
    }

    Decision last() {
        return Objects.requireNonNull(last);
    }

    LoanStory refusedWith(Refusal refusal) {
        assertThat(last)
                .isInstanceOfSatisfying(
                        Decision.Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
        return this;
    }

    LoanStory forgetEvents() {
        events.clear();
        return this;
    }

    // --- the circumstances
    // ------------------------------------------------------------------------------------------------

    @Override
    public Instant taskTime() {
        return taskTime;
    }

    @Override
    public @Nullable ProductTerms newestTerms(String productId) {
        return terms.get(productId);
    }

    @Override
    public @Nullable Asset asset(String code) {
        return code.equals("BTC") ? BTC : code.equals("USD") ? USD : furtherAsset(code);
    }

    private @Nullable Asset furtherAsset(String code) {
        return terms.values().stream()
                .flatMap(product -> product.collateral().stream())
                .map(CollateralTerms::asset)
                .filter(asset -> asset.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable IndexPrice price(String market) {
        return prices.get(market);
    }

    @Override
    public boolean isFresh(String market) {
        return prices.containsKey(market);
    }
}
