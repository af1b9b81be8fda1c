package io.loanledger.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.ClaimGranted;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.PriceEvidence;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** A history that is right, and the same with one record more that is wrong: the audit names the invariant that it breaks. */
class AuditTest {

    @Test
    void findsNothingInASaleThatIsRight() {
        Findings findings = audited(history -> {});
        assertThat(findings.sentences()).isEmpty();
        assertThat(findings.checks())
                .containsKeys(
                        Invariant.NO_SELL_WITHOUT_REASON,
                        Invariant.NO_LIQUIDATION_ON_BAD_PRICE,
                        Invariant.NO_ORDER_ON_OLD_EVIDENCE,
                        Invariant.SELL_BOUND,
                        Invariant.ORDER_ARITHMETIC,
                        Invariant.VERSION_FENCE);
    }

    @Test
    void countsAReportThatCameTwiceOnce() {
        assertThat(with(Told.fill("2", "0.30000000", "9900.00", "0.40000000", "0"))
                        .violations())
                .isZero();
    }

    @Test
    void findsAFillThatTheOrderDoesNotHold() {
        assertBroken("OrderArithmetic", Told.fill("3", "0.10000000", "9900.00", "0.50000000", "0"));
    }

    @Test
    void findsAFillUnderTheLimit() {
        assertBroken("OrderArithmetic", Told.fill("3", "0.00000000", "9799.99", "0.40000000", "0"));
    }

    @Test
    void findsASaleWhoseOwnEvidenceDoesNotMeetTheThreshold() {
        assertBroken("NoSellWithoutReason", Told.request(2, "10000.00", "7999.98"));
    }

    @Test
    void findsASaleOnAPriceThatWasNeverPublished() {
        assertBroken("NoLiquidationOnBadPrice", Told.request(2, "9999.99", "8000.00"));
    }

    /** 9,600 on 12,000 is 80 %. */
    @Test
    void countsTheOtherCoinsOfALoan() {
        assertThat(with(beside("9600.00", evidence -> evidence.setOtherValue("2000.00")))
                        .violations())
                .isZero();
        assertBroken("NoSellWithoutReason", beside("9600.00", evidence -> evidence.setOtherValue("2000.01")));
    }

    @Test
    void findsASaleInADefaultThatTheJournalDoesNotTell() {
        assertThat(with(sold(LiquidationReason.MATURITY)).violations()).isZero();
        assertBroken("NoSellWithoutReason", sold(LiquidationReason.PAYMENT_DEFAULT));
    }

    private static LiquidationRequested sold(LiquidationReason reason) {
        return LiquidationRequested.newBuilder(Told.request(2, "10000.00", "1.00"))
                .setReason(reason)
                .build();
    }

    private static LiquidationRequested beside(String exposure, UnaryOperator<PriceEvidence.Builder> change) {
        LiquidationRequested plain = Told.request(2, "10000.00", exposure);
        return LiquidationRequested.newBuilder(plain)
                .setEvidence(change.apply(PriceEvidence.newBuilder(plain.getEvidence()))
                        .build())
                .build();
    }

    @Test
    void findsADebtMeasuredAtNoPriceOfItsMarket() {
        LiquidationRequested measured = beside("8000.00", evidence -> evidence.setDebtPrice("1.30"));
        assertBroken("NoLiquidationOnBadPrice", measured); // nobody published terms by which it has a price
        assertThat(priced(measured, "1.30"))
                .as("the sale under the same terms that says nothing of it, and it alone")
                .singleElement()
                .asString()
                .startsWith("NoLiquidationOnBadPrice: ")
                .contains("\"debtPrice\": null");
        assertThat(priced(measured, "1.29")).hasSize(2);
    }

    private static List<String> priced(LiquidationRequested request, String debtPrice) {
        return audited(history -> {
                    history.add(Told.pricedDebt(), 0, 0, Told.NOON);
                    history.add(Told.price("USDX-USD", debtPrice), 0, 2, Told.NOON);
                    history.add(Told.price("USDX-USD", debtPrice), 1, 2, Told.NOON);
                    history.add(request, 0, 9, Told.NOON);
                })
                .sentences();
    }

    @Test
    void findsMoreSoldThanReserved() {
        assertBroken("SellBound", Told.settled("0.40000001", "3960.00"));
    }

    @Test
    void findsAnOrderOverItsBlockAndTwice() {
        assertBroken("Causality", Told.order("0.40000000", 2));
    }

    @Test
    void findsAnIndexThatDoesNotRise() {
        assertBroken("VersionFence", Told.price(2, "10000.00"));
    }

    @Test
    void findsOneOutpointBehindTwoLoans() {
        Findings findings = audited(history -> {
            history.add(claim("loan-1"), 0, 0, Told.NOON);
            history.add(claim("loan-2"), 0, 1, Told.NOON);
        });
        assertThat(findings.sentences()).singleElement().asString().startsWith("OneOutpointOneLoan");
    }

    private static ClaimGranted claim(String loanId) {
        return ClaimGranted.newBuilder()
                .setOutpoint("txid:0")
                .setLoanId(loanId)
                .setGrantedAt(Told.NOON)
                .build();
    }

    private static void assertBroken(String invariant, SpecificRecord wrong) {
        assertThat(with(wrong).sentences())
                .isNotEmpty()
                .allSatisfy(sentence -> assertThat(sentence).startsWith(invariant + ": "));
    }

    private static Findings with(SpecificRecord another) {
        return audited(history -> history.add(another, 0, 9, Told.NOON));
    }

    private static Findings audited(Consumer<PublicHistory> change) {
        PublicHistory history = Told.sale();
        change.accept(history);
        var findings = new Findings();
        new MarketAudit(history, (loan, reason) -> (loan + " " + reason).equals("loan-1 MATURITY"), findings).check();
        new OrderAudit(history, "BTC-USD", Duration.ofSeconds(5), findings).check();
        return findings;
    }
}
