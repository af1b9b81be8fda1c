package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.DefaultDeclared;
import io.loanledger.events.DefaultTerms;
import io.loanledger.events.DefaultWaived;
import io.loanledger.events.DrawdownRequested;
import io.loanledger.events.Fraction;
import io.loanledger.events.LineTerms;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.ScheduleKind;
import io.loanledger.events.ScheduleTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defaults through the whole topology, and what is shown of them. 5,000.00 at 12 % on 1 BTC, interest each 30 days, in default after 30 more. */
class DefaultInTheTopologyTest {
    @TempDir
    Path folder;

    LedgerUnderTest ledger;

    @BeforeEach
    void open() {
        ledger = new LedgerUnderTest(folder);
        ledger.terms(1, terms());
        ledger.price(LedgerUnderTest.START, "10000");
        ledger.active("L1");
    }

    @AfterEach
    void foldOfTheJournalIsTheStore() {
        assertThat(ledger.fold().findings()).isEmpty();
        assertThat(ledger.fold().digest()).isEqualTo(ledger.stores());
        ledger.close();
    }

    private static ProductTerms terms() {
        return ProductTerms.newBuilder(Facts.product(1, "0.12"))
                .setDayCount(DayCount.IN_AGREEMENT)
                .setAgreement(AgreementTerms.newBuilder()
                        .setDayCount(DayCount.ACT_365F)
                        .setSchedule(new ScheduleTerms(
                                ScheduleKind.INTEREST_ONLY,
                                30,
                                0,
                                List.of(),
                                10,
                                3_600L,
                                "0.00",
                                new Fraction("0", "1")))
                        .setOnDefault(new DefaultTerms(30, "0.05", true, true, true))
                        .build())
                .build();
    }

    private static Instant day(int days) {
        return LedgerUnderTest.START.plus(Duration.ofDays(days)).plusSeconds(3_601);
    }

    private double inDefault(String reason) {
        return ledger.meters
                .get("ledger_loans_in_default")
                .tag("reason", reason)
                .gauge()
                .value();
    }

    private double pastDue(String days) {
        return ledger.meters
                .get("ledger_loans_past_due")
                .tag("days", days)
                .gauge()
                .value();
    }

    @Test
    void aLoanThatIsNotPaidIsSoldToTheCent() {
        ledger.price(day(30), "10000");
        assertThat(pastDue("1-30")).isZero();
        ledger.price(day(31), "10000");
        assertThat(pastDue("1-30")).isEqualTo(1);
        ledger.price(day(61), "20000");
        assertThat(inDefault("PAYMENT_DEFAULT")).isEqualTo(1);
        assertThat(pastDue("31-60")).isEqualTo(1);
        LiquidationRequested asked = ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class)
                .getFirst();
        assertThat(asked.getReason()).isEqualTo(LiquidationReason.PAYMENT_DEFAULT);
        // 5,000.00 and 61 days at 12 %, 100.27, at the former price of 10,000: 0.5152 nets 5,101.00; 0.5151 nets
        // 5,100.01.
        assertThat(asked.getReservedQuantity()).isEqualTo("0.51520000");
        assertThat(asked.getEvidence().getThreshold().getLtv()).isEqualTo(new Fraction("0", "1"));

        ledger.repaid("L1", "5100.27");
        assertThat(ledger.loan("L1").servicing().isInDefault()).isFalse();
        assertThat(inDefault("PAYMENT_DEFAULT")).isZero();
        assertThat(pastDue("31-60")).isZero();
        assertThat(ledger.events(LoanEvent.LiquidationAmended.class).getLast().reason())
                .isEqualTo("DEFAULT_ENDED");
    }

    @Test
    void aDrawThatArrivesInDefaultDoesNotHideIt() {
        ProductTerms plain = terms();
        AgreementTerms drawn = AgreementTerms.newBuilder(plain.getAgreement())
                .setLine(new LineTerms(true, "0.00", null))
                .build();
        ledger.terms(
                2,
                ProductTerms.newBuilder(plain)
                        .setEventId("terms-2")
                        .setVersion(2)
                        .setAgreement(drawn)
                        .build());
        ledger.price(LedgerUnderTest.START, "10000");
        ledger.active("L2");
        ledger.repaid("L2", "2000.00");
        ledger.send(
                TopicCatalogue.LOANS,
                "L2",
                new DrawdownRequested(ledger.nextId(), ledger.appendedAt, "desk", "L2", "1000.00", "USD"));
        ledger.send(
                TopicCatalogue.LOANS,
                "L2",
                new DefaultDeclared(ledger.nextId(), ledger.appendedAt, "desk", "L2", "insolvent"));
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                "L2",
                Facts.disbursed(ledger.nextId(), ledger.appendedAt, "L2", "L2/disbursement/2", "1000.00"));
        assertThat(ledger.events(LoanEvent.DisbursementConfirmed.class)
                        .getLast()
                        .disbursementId())
                .isEqualTo("L2/disbursement/2");

        ledger.active("L3");
        assertThat(ledger.loan("L3").servicing().isInDefault()).isTrue();
    }

    @Test
    void anotherLoanOfTheBorrowerIsSoldWithIt() {
        ledger.active("L2");
        ledger.send(
                TopicCatalogue.LOANS,
                "L1",
                new DefaultDeclared(ledger.nextId(), ledger.appendedAt, "desk", "L1", "insolvent"));
        assertThat(inDefault("MANUAL")).isEqualTo(1);
        assertThat(inDefault("CROSS_DEFAULT")).isEqualTo(1);
        assertThat(ledger.loan("L2").openCase()).isNotNull();
        ledger.send(
                TopicCatalogue.LOANS,
                "L2",
                new DefaultWaived(ledger.nextId(), ledger.appendedAt, "desk", "L2", "agreed"));
        assertThat(inDefault("CROSS_DEFAULT")).isZero();
        assertThat(ledger.loan("L2").status()).isEqualTo(LoanStatus.ACTIVE);
    }
}
