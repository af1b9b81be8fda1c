package io.loanledger.streams;

import static io.loanledger.streams.LedgerUnderTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loan on 1 BTC and 10 ETH through the whole topology: two markets wake it, each coin is sold in its own, the fold is the store. */
class BasketInTheTopologyTest {
    private static final String ETH_MARKET = "ETH-USD";

    @TempDir
    Path folder;

    private long ethSequence;

    @Test
    void twoMarketsWakeALoanAndItsCoinsAreSoldOneAfterTheOther() {
        try (LedgerUnderTest ledger = new LedgerUnderTest(folder)) {
            opened(ledger);

            eth(ledger, "290");
            ledger.price(START.plusSeconds(1), "6400"); // 9,300: 69.9 %
            assertThat(ledger.read(TopicCatalogue.MARGIN_CALLS)).isEmpty();
            ledger.price(START.plusSeconds(2), "6385"); // 9,285: 70.005 %
            assertThat(ledger.read(TopicCatalogue.MARGIN_CALLS, MarginCallIssued.class))
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.getCollateralAsset()).isEqualTo("BTC");
                        assertThat(call.getEvidence().getOtherValue()).isEqualTo("2900.00");
                    });

            eth(ledger, "175"); // 8,135
            assertThat(ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS)).isEmpty();
            eth(ledger, "174"); // 8,125: exactly 80 %
            LiquidationRequested first = request(ledger);
            assertThat(first.getMarket()).isEqualTo(ETH_MARKET);
            assertThat(first.getCaseId()).isEqualTo("L1/case/1/ETH");
            assertThat(first.getMode()).isEqualTo(LiquidationMode.INCREMENT);
            assertThat(first.getReservedQuantity()).isEqualTo("10.00000000");
            assertThat(first.getEvidence().getOtherValue()).isEqualTo("6385.00");

            ledger.send(
                    TopicCatalogue.LIQUIDATION_REPLIES,
                    "L1",
                    Facts.settled(ledger.appendedAt, "L1", first.getCaseId(), "10.00000000", "1740.00", true));
            LiquidationRequested second = request(ledger);
            assertThat(second.getMarket()).isEqualTo(Facts.MARKET);
            assertThat(second.getCaseId()).isEqualTo("L1/case/2/BTC");
            assertThat(second.getMode()).isEqualTo(LiquidationMode.PARTIAL);
            assertThat(second.getEvidence().getOtherValue()).isNull();

            assertThat(ledger.deadLetters()).isEmpty();
            assertThat(ledger.fold().findings()).isEmpty();
            assertThat(ledger.fold().digest()).isEqualTo(ledger.stores());
        }
    }

    /** A price of the one market says nothing of the other one's key. */
    @Test
    void aMarketThatOpensAgainLowWakesALoanWhoseOtherMarketFellMeanwhile() {
        try (LedgerUnderTest ledger = new LedgerUnderTest(folder)) {
            opened(ledger);

            ledger.price(START.plusSeconds(1), "10000", IndexState.HALTED);
            eth(ledger, "200");
            assertThat(ledger.read(TopicCatalogue.MARGIN_CALLS)).isEmpty();
            ledger.price(START.plusSeconds(2), "6000"); // 8,000: 81.25 %

            assertThat(request(ledger).getMarket()).isEqualTo(ETH_MARKET);
        }
    }

    /** 6,500.00 on 1 BTC at 10,000 and 10 ETH at 300. */
    private void opened(LedgerUnderTest ledger) {
        ledger.terms(1, product());
        ledger.price(START, "10000");
        eth(ledger, "300");
        ledger.requested("L1", "6500.00"); // 50 % of 13,000
        ledger.locked("L1", "btc", "1.00000000");
        CollateralLocked btc = Facts.locked(ledger.nextId(), ledger.appendedAt, "L1", "eth", "10.00000000");
        ledger.send(
                TopicCatalogue.COLLATERAL,
                "L1",
                CollateralLocked.newBuilder(btc).setAsset("ETH").build());
        ledger.disbursed("L1", "6500.00");
        assertThat(ledger.loan("L1").status()).isEqualTo(LoanStatus.ACTIVE);
    }

    private static LiquidationRequested request(LedgerUnderTest ledger) {
        List<LiquidationRequested> requests =
                ledger.read(TopicCatalogue.LIQUIDATION_REQUESTS, LiquidationRequested.class);
        assertThat(requests).hasSize(1);
        return requests.getFirst();
    }

    private void eth(LedgerUnderTest ledger, String price) {
        IndexPrice btc = Facts.price(++ethSequence, ledger.appendedAt, price, IndexState.LIVE);
        ledger.send(
                TopicCatalogue.INDEX_PRICES,
                ETH_MARKET,
                IndexPrice.newBuilder(btc).setMarket(ETH_MARKET).build());
    }

    /** The demo's product on two assets, ETH sold first, without interest. */
    private static ProductTerms product() {
        ProductTerms product = Facts.product(1, "0");
        List<CollateralTerms> collateral = new ArrayList<>();
        collateral.add(new CollateralTerms(
                new AssetDefinition("ETH", 8, "eip155:1/slip44:60"), ETH_MARKET, "0", "0.01000000", List.of(), null));
        collateral.addAll(product.getCollateral());
        return ProductTerms.newBuilder(product)
                .setCollateral(collateral)
                .setMixedCollateral(true)
                .build();
    }
}
