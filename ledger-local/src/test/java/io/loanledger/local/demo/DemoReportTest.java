package io.loanledger.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.events.CureKind;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.PriceTick;
import io.loanledger.events.TickKind;
import io.loanledger.local.audit.Findings;
import io.loanledger.local.audit.Invariant;
import io.loanledger.local.audit.PublicHistory;
import io.loanledger.local.audit.Reconciliation;
import io.loanledger.local.audit.Told;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoReportTest {

    private static final Asset USD = new Asset("USD", 2);
    private static final String DIGEST = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @Test
    void countsInTheTopicsWhatHappened() {
        DemoFigures figures = figures();
        assertThat(figures.partial()).isEqualTo(1);
        assertThat(figures.full()).isZero();
        assertThat(figures.orders()).isEqualTo(1);
        assertThat(figures.fills()).isEqualTo(2);
        assertThat(figures.cured(CureKind.PRICE)).isEqualTo(1);
        assertThat(figures.shortfall()).isEqualByComparingTo("12.34");
    }

    @Test
    void failsWhereMarchMustProduceSomethingAndDidNot() {
        assertThat(report(figures(), allChecked()).lastLine())
                .isEqualTo("DEMO FAILED this scenario must produce some: loans, margin_calls, expiries, full");
    }

    @Test
    void endsWithALineForMachines() {
        DemoFigures few = figures();
        var figures = new DemoFigures(
                3,
                few.lent(),
                5,
                few.cures(),
                2,
                few.requests(),
                few.partial(),
                1,
                few.declined(),
                few.orders(),
                few.fills(),
                few.repeatedReports(),
                few.surplusPaid(),
                few.surplusPayments(),
                few.shortfalls(),
                few.shortfall(),
                few.repaid(),
                few.statements(),
                few.differences(),
                Map.of(),
                0);
        assertThat(report(figures, allChecked()).lastLine())
                .isEqualTo(
                        "DEMO OK loans=3 margin_calls=5 cures=1 price_cures=1 expiries=2 partial=1 full=1 orders=1 fills=2"
                                + " shortfall=1 journal=77 violations=0 tick_to_order_p50_ms=40 tick_to_order_p99_ms=90");
    }

    @Test
    void failsWhenAnInvariantIsViolatedOrWasNeverLookedAt() {
        Findings broken = allChecked();
        broken.check(Invariant.HASH_CHAIN, false, () -> "sequence 4 follows on 2");
        assertThat(report(figures(), broken).lastLine())
                .isEqualTo("DEMO FAILED 1 violations, the first: HashChain: sequence 4 follows on 2");
        assertThat(report(figures(), new Findings()).lastLine()).startsWith("DEMO FAILED nothing was there to check");
    }

    @Test
    void failsWhenALoanCannotBeJudged() {
        Findings partial = allChecked();
        partial.leaveOut(Invariant.BREACH_IMPLIES_ACTION, "several coins", "loan-2");
        partial.leaveOut(Invariant.BREACH_IMPLIES_ACTION, "several coins", "loan-1");
        assertThat(report(figures(), partial).lastLine())
                .isEqualTo("DEMO FAILED not judged: BreachImpliesAction: several coins: 2 loans, one of them loan-1");
    }

    @Test
    void measuresFromTheLastTickOfTheBreachingPriceToTheOrder() {
        PublicHistory history = Told.sale();
        Instant written = Instant.parse("2026-01-05T09:00:00Z");
        history.add(tick("one"), 0, 0, written.minusMillis(70));
        history.add(tick("two"), 0, 1, written);
        assertThat(TickToOrder.of(history, Map.of(Told.ORDER, written.plusMillis(40))))
                .isEqualTo(new TickToOrder(1, Duration.ofMillis(40), Duration.ofMillis(40)));
        assertThat(TickToOrder.of(history, Map.of())).isEqualTo(new TickToOrder(0, Duration.ZERO, Duration.ZERO));
    }

    private static DemoFigures figures() {
        PublicHistory history = Told.sale();
        history.add(
                MarginCallCured.newBuilder()
                        .setLoanId("loan-1")
                        .setCallId("loan-1/call/1")
                        .setCuredAt(Told.NOON)
                        .setKind(CureKind.PRICE)
                        .build(),
                0,
                0,
                Told.NOON);
        var journal = new DemoFigures.OfJournal();
        journal.follow(new LoanEvent.ShortfallRecorded(Money.of("12.34", USD)));
        return DemoFigures.of(history, journal, 0);
    }

    private static Findings allChecked() {
        var findings = new Findings();
        List.of(Invariant.values()).forEach(invariant -> findings.check(invariant, true, () -> ""));
        return findings;
    }

    private static DemoReport report(DemoFigures figures, Findings findings) {
        return new DemoReport(
                figures,
                new Reconciliation.Totals(
                        new BigDecimal("0.40000000"), new BigDecimal("3960.00"), new BigDecimal("2.00")),
                new TickToOrder(1, Duration.ofMillis(40), Duration.ofMillis(90)),
                77,
                DIGEST,
                findings);
    }

    private static PriceTick tick(String venue) {
        return PriceTick.newBuilder()
                .setEventId(venue)
                .setOccurredAt(Told.NOON.plusSeconds(60))
                .setProducer("test")
                .setMarket("BTC-USD")
                .setVenue(venue)
                .setKind(TickKind.TRADE)
                .setPrice("10000.00")
                .setSize("1")
                .setQuoteCurrency("USD")
                .build();
    }
}
