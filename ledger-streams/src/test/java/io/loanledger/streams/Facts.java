package io.loanledger.streams;

import io.loanledger.core.terms.AddOn;
import io.loanledger.events.AgreedInterest;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.CollateralLockReverted;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CollateralReleaseRequested;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.Compounding;
import io.loanledger.events.ConcentrationAddOn;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.DayCount;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.FloatingRate;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.MarketPause;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RateFixing;
import io.loanledger.events.RateKind;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Records as the world outside writes them, with an event id and a value time. */
public final class Facts {
    public static final String MARKET = "BTC-USD";
    public static final String PRODUCT = "btc-24h";
    private static final String PRODUCER = "test";

    private Facts() {}

    // --- terms and prices --------------------------------------------------------------------------------------------

    /** The demo's product: open 50 %, call 70 % cured at 60 % within 24 h, liquidate at 80 % to 60 %, dust 500, fee 0.99 %. */
    public static ProductTerms product(int version, String annualRate) {
        return new ProductTerms(
                "terms-" + version,
                Instant.EPOCH,
                PRODUCER,
                PRODUCT,
                version,
                new AssetDefinition("USD", 2, "swift/iso4217:USD"),
                List.of(new CollateralTerms(
                        new AssetDefinition("BTC", 8, "bip122:000000000019d6689c085ae165831e93/slip44:0"),
                        MARKET,
                        "0",
                        "0.00010000",
                        List.of(),
                        null)),
                percent(50),
                new MarginCallTerms(reaches(70), percent(60), 86_400L, 3_600L, ClockStopper.DETECTED),
                new LiquidationTerms(reaches(80), percent(60), "500.00", "0.0099", "0.02", null),
                annualRate,
                DayCount.ACT_365F,
                ExposureBasis.OUTSTANDING,
                365,
                null,
                null,
                null,
                false);
    }

    /** The same at a reference plus 3 % by ACT/360. */
    public static ProductTerms floating(int version) {
        return ProductTerms.newBuilder(product(version, "0"))
                .setDayCount(DayCount.IN_AGREEMENT)
                .setAgreement(AgreementTerms.newBuilder()
                        .setDayCount(DayCount.ACT_360)
                        .setInterest(AgreedInterest.newBuilder()
                                .setKind(RateKind.FLOATING)
                                .setCompounding(Compounding.SIMPLE)
                                .setFloating(new FloatingRate("REF", "0.03", "0", null))
                                .build())
                        .build())
                .build();
    }

    /** What the reference is from a day of March 2020 on. */
    public static FannedTerms fixing(long sequence, int day, String value) {
        RateFixing fixing =
                new RateFixing("fixing-" + sequence, Instant.EPOCH, PRODUCER, "REF", LocalDate.of(2020, 3, day), value);
        return FannedTerms.newBuilder()
                .setEpoch(1L)
                .setSequence(sequence)
                .setKind(FannedTermsKind.RATE_FIXING)
                .setRateFixing(fixing)
                .build();
    }

    /** By how much the coin of {@link #MARKET} counts less. */
    public static FannedTerms addOn(long sequence, int version, String share) {
        return addOn(sequence, MARKET, version, share);
    }

    static FannedTerms addOn(long sequence, String market, AddOn addOn) {
        return addOn(sequence, market, addOn.version(), addOn.share().toPlainString());
    }

    private static FannedTerms addOn(long sequence, String market, int version, String share) {
        return FannedTerms.newBuilder()
                .setEpoch(1L)
                .setSequence(sequence)
                .setKind(FannedTermsKind.CONCENTRATION_ADD_ON)
                .setConcentrationAddOn(
                        new ConcentrationAddOn("add-on-" + sequence, Instant.EPOCH, PRODUCER, market, version, share))
                .build();
    }

    public static FannedTerms fanned(long sequence, ProductTerms terms) {
        return new FannedTerms(1L, sequence, FannedTermsKind.PRODUCT_TERMS, terms, null, null, null, null, null);
    }

    public static FannedTerms fixing(long sequence, String rateId, LocalDate from, BigDecimal value) {
        return new FannedTerms(
                1L,
                sequence,
                FannedTermsKind.RATE_FIXING,
                null,
                null,
                null,
                null,
                new RateFixing("fixing-" + sequence, Instant.EPOCH, PRODUCER, rateId, from, value.toPlainString()),
                null);
    }

    public static FannedTerms pause(long sequence, boolean paused) {
        return new FannedTerms(
                1L,
                sequence,
                FannedTermsKind.MARKET_PAUSE,
                null,
                new MarketPause("pause-" + sequence, Instant.EPOCH, PRODUCER, MARKET, paused, "a test"),
                null,
                null,
                null,
                null);
    }

    public static IndexPrice price(long sequence, Instant priceTime, String price, IndexState state) {
        return new IndexPrice(MARKET, 1L, sequence, priceTime, price, state, "", 3, List.of());
    }

    private static Fraction percent(int percent) {
        return new Fraction(Integer.toString(percent), "100");
    }

    private static Threshold reaches(int percent) {
        return new Threshold(percent(percent), ThresholdComparator.REACHES);
    }

    // --- facts -------------------------------------------------------------------------------------------------------

    public static LoanRequested requested(String eventId, Instant at, String loanId, String principal) {
        return new LoanRequested(eventId, at, PRODUCER, loanId, "alice", PRODUCT, principal, "USD", "BTC", null);
    }

    public static CollateralLocked locked(String eventId, Instant at, String loanId, String proof, String quantity) {
        return new CollateralLocked(eventId, at, PRODUCER, loanId, "BTC", quantity, proof(proof), 6);
    }

    public static CollateralLockReverted reverted(String eventId, Instant at, String loanId, String proof) {
        return new CollateralLockReverted(eventId, at, PRODUCER, loanId, proof(proof), "reorganised");
    }

    public static CollateralProof proof(String id) {
        return new CollateralProof(
                CollateralProofKind.CUSTODIAL_ATTESTATION, null, null, null, new CustodialAttestation("vault", id));
    }

    public static DisbursementConfirmed disbursed(String eventId, Instant at, String loanId, String id, String amount) {
        return new DisbursementConfirmed(eventId, at, PRODUCER, loanId, id, amount, "USD");
    }

    public static RepaymentReceived repaid(String eventId, Instant at, String loanId, String amount) {
        return new RepaymentReceived(eventId, at, PRODUCER, loanId, "pay-" + eventId, amount, "USD");
    }

    public static CollateralReleaseRequested releaseRequested(
            String eventId, Instant at, String loanId, String quantity) {
        return new CollateralReleaseRequested(eventId, at, PRODUCER, loanId, "BTC", quantity, null);
    }

    public static CollateralReleased released(String eventId, Instant at, String loanId, String id, String quantity) {
        return new CollateralReleased(eventId, at, PRODUCER, loanId, id, "BTC", quantity, "tx-" + eventId);
    }

    public static CustodyStatement stated(String eventId, Instant at, String loanId, String quantity) {
        return new CustodyStatement(eventId, at, PRODUCER, loanId, "BTC", quantity);
    }

    public static CollateralDelivered delivered(
            String eventId, Instant at, String loanId, String caseId, String quantity) {
        return new CollateralDelivered(eventId, at, PRODUCER, loanId, caseId, "BTC", quantity, "tx-" + eventId);
    }

    public static LiquidationSettled settled(
            Instant at, String loanId, String caseId, String quantity, String gross, boolean last) {
        return new LiquidationSettled(caseId, loanId, 0, 1, quantity, gross, "0.00", last, at);
    }

    public static SaleProceedsReceived proceeds(
            String eventId, Instant at, String loanId, String caseId, String amount) {
        return new SaleProceedsReceived(eventId, at, PRODUCER, loanId, caseId, "wire-" + eventId, amount, "USD");
    }
}
