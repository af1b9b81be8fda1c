package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.Refusal;
import io.loanledger.events.AmendAck;
import io.loanledger.events.BitcoinOutpoint;
import io.loanledger.events.ChargeKind;
import io.loanledger.events.ChargeRaised;
import io.loanledger.events.ClaimDenied;
import io.loanledger.events.ClaimGranted;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.CollateralLockReverted;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CollateralReconverted;
import io.loanledger.events.CollateralReleaseRequested;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.CollateralReturned;
import io.loanledger.events.ComplianceStatus;
import io.loanledger.events.ComplianceStatusChanged;
import io.loanledger.events.CrossDefaultDeclared;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.DefaultDeclared;
import io.loanledger.events.DefaultWaived;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.DisbursementFailed;
import io.loanledger.events.DisbursementReturned;
import io.loanledger.events.DrawdownRequested;
import io.loanledger.events.LightningHold;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LoanCancelled;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallDisputeAnswered;
import io.loanledger.events.MarginCallDisputed;
import io.loanledger.events.PaySurplus;
import io.loanledger.events.ReconversionRequested;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.RepaymentReversed;
import io.loanledger.events.RollupLock;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.SurplusPaid;
import io.loanledger.events.SurplusReturned;
import io.loanledger.events.TermsAmended;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputMappingTest {
    private static final Instant NOON = Instant.parse("2020-03-12T12:00:00Z");
    private static final Instant APPENDED = Instant.parse("2020-03-12T12:00:01Z");
    private static final long DIGEST = 42;
    private static final String CHAIN = "bip122:000000000019d6689c085ae165831e93";
    private static final String TXID = "AB".repeat(32);
    private static final String OUTPOINT = "btc:" + CHAIN + ":" + "ab".repeat(32) + ":7";
    private static final FactHead HEAD = new FactHead("e-1", NOON, "custody-eu-1", DIGEST, APPENDED);
    private static final CollateralProof PROOF = outpoint(new BitcoinOutpoint(CHAIN, TXID, 7));
    private static final Stated HALF = new Stated(new BigDecimal("0.50000000"), "BTC");
    private static final Stated HUNDRED = new Stated(new BigDecimal("100.00"), "USD");

    private final InputMapping mapping = new InputMapping();

    private static CollateralProof outpoint(BitcoinOutpoint outpoint) {
        return new CollateralProof(CollateralProofKind.BITCOIN_OUTPOINT, outpoint, null, null, null);
    }

    private static RepaymentReceived repayment(String eventId, String loanId, String reference, String amount) {
        return new RepaymentReceived(eventId, NOON, "custody-eu-1", loanId, reference, amount, "USD");
    }

    static Stream<Arguments> everyInput() {
        return Stream.of(
                Arguments.of(
                        new CollateralDetected("e-1", NOON, "custody-eu-1", "L", "BTC", "0.50000000", PROOF, 3),
                        new LoanInput.CollateralDetected(HEAD, OUTPOINT, HALF, 3)),
                Arguments.of(
                        new CollateralLocked("e-1", NOON, "custody-eu-1", "L", "BTC", "0.50000000", PROOF, 6),
                        new LoanInput.CollateralLocked(HEAD, OUTPOINT, HALF)),
                Arguments.of(
                        new CollateralLockReverted("e-1", NOON, "custody-eu-1", "L", PROOF, "reorganised"),
                        new LoanInput.CollateralLockReverted(HEAD, OUTPOINT, "reorganised")),
                Arguments.of(
                        new CollateralReleased(
                                "e-1", NOON, "custody-eu-1", "L", "L/release/1", "BTC", "0.50000000", "tx"),
                        new LoanInput.CollateralReleased(HEAD, "L/release/1", HALF)),
                Arguments.of(
                        new CollateralDelivered(
                                "e-1", NOON, "custody-eu-1", "L", "L/case/1", "BTC", "0.50000000", "tx"),
                        new LoanInput.CollateralDelivered(HEAD, "L/case/1", HALF)),
                Arguments.of(
                        new CollateralReturned("e-1", NOON, "custody-eu-1", "L", "L/case/1", "BTC", "0.50000000", "tx"),
                        new LoanInput.CollateralReturned(HEAD, "L/case/1", HALF)),
                Arguments.of(
                        new CollateralReconverted(
                                "e-1",
                                NOON,
                                "custody-eu-1",
                                "L",
                                "L/reconversion/9",
                                "BTC",
                                "0.50000000",
                                "100.00",
                                "USD",
                                "tx"),
                        new LoanInput.CollateralReconverted(HEAD, "L/reconversion/9", HALF, HUNDRED)),
                Arguments.of(
                        new ReconversionRequested("e-1", NOON, "custody-eu-1", "L"),
                        new LoanInput.ReconversionRequested(HEAD)),
                Arguments.of(
                        new CustodyStatement("e-1", NOON, "custody-eu-1", "L", "BTC", "0.50000000"),
                        new LoanInput.CustodyStatement(HEAD, HALF)),
                Arguments.of(
                        new LoanRequested(
                                "e-1", NOON, "custody-eu-1", "L", "b", "btc-24h", "100.00", "USD", "BTC", null),
                        new LoanInput.LoanRequested(HEAD, "b", "btc-24h", HUNDRED, "BTC")),
                Arguments.of(
                        new LoanRequested(
                                "e-1", NOON, "custody-eu-1", "L", "b", "btc-24h", "100.00", "USD", "BTC", "40.00"),
                        new LoanInput.LoanRequested(HEAD, "b", "btc-24h", HUNDRED, "BTC", new BigDecimal("40.00"))),
                Arguments.of(
                        new DrawdownRequested("e-1", NOON, "custody-eu-1", "L", "100.00", "USD"),
                        new LoanInput.DrawdownRequested(HEAD, HUNDRED)),
                Arguments.of(
                        new TermsAmended(
                                "e-1",
                                NOON,
                                "custody-eu-1",
                                "L",
                                "btc-24h",
                                7,
                                LocalDate.parse("2021-03-12"),
                                "100.00",
                                "USD",
                                "agreed"),
                        new LoanInput.TermsAmended(
                                HEAD, "btc-24h", 7, LocalDate.parse("2021-03-12"), HUNDRED, "agreed")),
                Arguments.of(
                        new TermsAmended(
                                "e-1", NOON, "custody-eu-1", "L", "btc-24h", 7, null, "100.00", "USD", "agreed"),
                        new LoanInput.TermsAmended(HEAD, "btc-24h", 7, null, HUNDRED, "agreed")),
                Arguments.of(
                        new LoanCancelled("e-1", NOON, "custody-eu-1", "L", "changed their mind"),
                        new LoanInput.LoanCancelled(HEAD, "changed their mind")),
                Arguments.of(
                        new CollateralReleaseRequested("e-1", NOON, "custody-eu-1", "L", "BTC", "0.50000000", null),
                        new LoanInput.CollateralReleaseRequested(HEAD, HALF)),
                Arguments.of(
                        new CollateralReleaseRequested("e-1", NOON, "custody-eu-1", "L", "BTC", "0.50000000", PROOF),
                        new LoanInput.CollateralReleaseRequested(HEAD, HALF, OUTPOINT)),
                Arguments.of(
                        new MarginCallDisputed("e-1", NOON, "custody-eu-1", "L", "L/call/1", "paid"),
                        new LoanInput.MarginCallDisputed(HEAD, "L/call/1", "paid")),
                Arguments.of(
                        new MarginCallDisputeAnswered("e-1", NOON, "custody-eu-1", "L", "L/call/1", true, "so it is"),
                        new LoanInput.MarginCallDisputeAnswered(HEAD, "L/call/1", true, "so it is")),
                Arguments.of(
                        new ComplianceStatusChanged("e-1", NOON, "custody-eu-1", "L", ComplianceStatus.FROZEN, "order"),
                        new LoanInput.ComplianceStatusChanged(HEAD, true, "order")),
                Arguments.of(
                        new ComplianceStatusChanged("e-1", NOON, "custody-eu-1", "L", ComplianceStatus.CLEAR, ""),
                        new LoanInput.ComplianceStatusChanged(HEAD, false, "")),
                Arguments.of(
                        new DefaultDeclared("e-1", NOON, "custody-eu-1", "L", "insolvent"),
                        new LoanInput.DefaultDeclared(HEAD, "insolvent")),
                Arguments.of(
                        new DefaultWaived("e-1", NOON, "custody-eu-1", "L", "agreed"),
                        new LoanInput.DefaultWaived(HEAD, "agreed")),
                Arguments.of(
                        new ChargeRaised(
                                "e-1", NOON, "custody-eu-1", "L", ChargeKind.PENALTY, "-100.00", "USD", "waived"),
                        new LoanInput.ChargeRaised(
                                HEAD,
                                io.loanledger.core.loan.ChargeKind.PENALTY,
                                new LoanInput.Stated(new BigDecimal("-100.00"), "USD"),
                                "waived")),
                Arguments.of(
                        repayment("e-1", "L", "ref", "100.00"), new LoanInput.RepaymentReceived(HEAD, "ref", HUNDRED)),
                Arguments.of(
                        new RepaymentReversed("e-1", NOON, "custody-eu-1", "L", "ref", "100.00", "USD", "recalled"),
                        new LoanInput.RepaymentReversed(HEAD, "ref", HUNDRED, "recalled")),
                Arguments.of(
                        new DisbursementConfirmed("e-1", NOON, "custody-eu-1", "L", "pay/1", "100.00", "USD"),
                        new LoanInput.DisbursementConfirmed(HEAD, "pay/1", HUNDRED)),
                Arguments.of(
                        new DisbursementFailed("e-1", NOON, "custody-eu-1", "L", "pay/1", "no account"),
                        new LoanInput.DisbursementFailed(HEAD, "pay/1", "no account")),
                Arguments.of(
                        new DisbursementReturned("e-1", NOON, "custody-eu-1", "L", "pay/1", "100.00", "USD", "back"),
                        new LoanInput.DisbursementReturned(HEAD, "pay/1", HUNDRED, "back")),
                Arguments.of(
                        new SaleProceedsReceived("e-1", NOON, "custody-eu-1", "L", "L/case/1", "ref", "100.00", "USD"),
                        new LoanInput.SaleProceedsReceived(HEAD, "L/case/1", "ref", HUNDRED)),
                Arguments.of(
                        new SurplusPaid("e-1", NOON, "custody-eu-1", "L", "L/payout/1", "100.00", "USD"),
                        new LoanInput.SurplusPaid(HEAD, "L/payout/1", HUNDRED)),
                Arguments.of(
                        new SurplusReturned("e-1", NOON, "custody-eu-1", "L", "L/payout/1", "100.00", "USD", "back"),
                        new LoanInput.SurplusReturned(HEAD, "L/payout/1", HUNDRED, "back")),
                Arguments.of(new ClaimGranted(OUTPOINT, "L", NOON), new LoanInput.ClaimGranted(OUTPOINT)),
                Arguments.of(
                        new ClaimDenied(OUTPOINT, "L", NOON, "backs another loan"),
                        new LoanInput.ClaimDenied(OUTPOINT, "backs another loan")),
                Arguments.of(
                        new CrossDefaultDeclared("L", "borrower-1", "M", NOON),
                        new LoanInput.CrossDefaulted("borrower-1", "M")),
                Arguments.of(
                        new LiquidationDeclined("L/case/1", "L", 1, "EVIDENCE_TOO_OLD", 4L, 99L, NOON),
                        new LoanInput.LiquidationDeclined("L/case/1", 1, "EVIDENCE_TOO_OLD", 4, 99)),
                Arguments.of(
                        new AmendAck("L/case/1", "L", 2, "0.25000000", NOON),
                        new LoanInput.AmendmentAcknowledged("L/case/1", 2, new BigDecimal("0.25000000"))),
                Arguments.of(
                        new LiquidationSettled("L/case/1", "L", 0, 2, "0.5", "3967.28", "3.97", true, NOON),
                        new LoanInput.LiquidationSettled(
                                "L/case/1",
                                2,
                                new BigDecimal("0.5"),
                                new BigDecimal("3967.28"),
                                new BigDecimal("3.97"),
                                true)));
    }

    @ParameterizedTest
    @MethodSource("everyInput")
    void readsEveryRecordOfALoan(SpecificRecord record, LoanInput expected) {
        assertThat(mapping.map("L", record, DIGEST, APPENDED)).isEqualTo(new MappedInput.Read(expected));
    }

    @Test
    void knowsEveryRecordOfTheTopicsThatALoanReads() {
        Set<Class<?>> known = new HashSet<>();
        everyInput().forEach(row -> known.add(row.get()[0].getClass()));
        Set<Class<?>> carried = new HashSet<>();
        Stream.of(
                        TopicCatalogue.COLLATERAL,
                        TopicCatalogue.LOANS,
                        TopicCatalogue.MOVEMENTS,
                        TopicCatalogue.CLAIM_RESULTS,
                        TopicCatalogue.LIQUIDATION_REPLIES)
                .forEach(topic -> carried.addAll(topic.values()));

        assertThat(known).isEqualTo(carried);
    }

    @ParameterizedTest
    @MethodSource("everyInput")
    void readsNoRecordUnderAnotherLoansKey(SpecificRecord record, LoanInput expected) {
        assertThat(mapping.map("another", record, DIGEST, APPENDED)).satisfies(unreadableFor(Reason.KEY_MISMATCH));
    }

    static Stream<Arguments> proofs() {
        return Stream.of(
                Arguments.of(PROOF, OUTPOINT),
                Arguments.of(
                        new CollateralProof(
                                CollateralProofKind.LIGHTNING_HOLD, null, new LightningHold("CDEF"), null, null),
                        "ln:cdef"),
                Arguments.of(
                        new CollateralProof(
                                CollateralProofKind.ROLLUP_LOCK,
                                null,
                                null,
                                new RollupLock("eip155:42161", "0xABCD", "Lock:7%"),
                                null),
                        "rollup:eip155:42161:0xabcd:Lock%3A7%25"),
                Arguments.of(
                        new CollateralProof(
                                CollateralProofKind.CUSTODIAL_ATTESTATION,
                                null,
                                null,
                                null,
                                new CustodialAttestation("Vault", "A-b")),
                        "custodian:vault:A-b"));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void givesOneTextToOneProof(CollateralProof proof, String text) {
        assertThat(locked(proof)).isEqualTo(new MappedInput.Read(new LoanInput.CollateralLocked(HEAD, text, HALF)));
    }

    static Stream<Arguments> brokenProofs() {
        BitcoinOutpoint outpoint = new BitcoinOutpoint(CHAIN, TXID, 0);
        LightningHold hold = new LightningHold("ab");
        return Stream.of(
                Arguments.of(
                        new CollateralProof(CollateralProofKind.LIGHTNING_HOLD, outpoint, null, null, null),
                        Reason.KIND_WITHOUT_RECORD),
                Arguments.of(
                        new CollateralProof(CollateralProofKind.BITCOIN_OUTPOINT, null, null, null, null),
                        Reason.KIND_WITHOUT_RECORD),
                Arguments.of(
                        new CollateralProof(CollateralProofKind.BITCOIN_OUTPOINT, outpoint, hold, null, null),
                        Reason.KIND_WITHOUT_RECORD),
                Arguments.of(
                        new CollateralProof(CollateralProofKind.UNKNOWN, outpoint, null, null, null),
                        Reason.UNKNOWN_SYMBOL),
                Arguments.of(outpoint(new BitcoinOutpoint(CHAIN, " ", 0)), Reason.BLANK_FIELD),
                Arguments.of(outpoint(new BitcoinOutpoint(CHAIN, TXID, -1)), Reason.INCONSISTENT),
                Arguments.of(outpoint(new BitcoinOutpoint("bitcoin", TXID, 0)), Reason.INCONSISTENT),
                Arguments.of(outpoint(new BitcoinOutpoint(CHAIN, "a".repeat(300), 0)), Reason.TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("brokenProofs")
    void readsNoProofThatIsNone(CollateralProof proof, Reason reason) {
        assertThat(locked(proof)).satisfies(unreadableFor(reason));
    }

    private MappedInput locked(CollateralProof proof) {
        return mapping.map(
                "L",
                new CollateralLocked("e-1", NOON, "custody-eu-1", "L", "BTC", "0.50000000", proof, 6),
                DIGEST,
                APPENDED);
    }

    static Stream<String> malformedAmounts() {
        return Stream.of(
                "", "1,000", "1e5", "+1", " 1", ".5", "5.", "0x10", "NaN", "9".repeat(39), "1".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("malformedAmounts")
    void refusesAnAmountThatIsNoPlainDecimal(String amount) {
        assertThat(mapping.map("L", repayment("e-1", "L", "ref", amount), DIGEST, APPENDED))
                .isInstanceOfSatisfying(MappedInput.Refused.class, refused -> {
                    assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED_AMOUNT);
                    assertThat(refused.detail()).hasSizeLessThan(200);
                });
    }

    @Test
    void leavesZeroAndNegativeAmountsToTheLoan() {
        assertThat(mapping.map("L", repayment("e-1", "L", "ref", "-1"), DIGEST, APPENDED))
                .isInstanceOf(MappedInput.Read.class);
        assertThat(mapping.map("L", repayment("e-1", "L", "ref", "0"), DIGEST, APPENDED))
                .isInstanceOf(MappedInput.Read.class);
    }

    @Test
    void readsNothingWithoutTheIdsThatGiveItMeaning() {
        assertThat(mapping.map("L", repayment("", "L", "ref", "1"), DIGEST, APPENDED))
                .satisfies(unreadableFor(Reason.BLANK_FIELD));
        assertThat(mapping.map("L", repayment("e-1", "L", "\t", "1"), DIGEST, APPENDED))
                .satisfies(unreadableFor(Reason.BLANK_FIELD));
        assertThat(mapping.map("", repayment("e-1", "", "ref", "1"), DIGEST, APPENDED))
                .satisfies(unreadableFor(Reason.BLANK_FIELD));
        assertThat(mapping.map("L", repayment("e".repeat(257), "L", "ref", "1"), DIGEST, APPENDED))
                .satisfies(unreadableFor(Reason.TOO_LONG));
    }

    @Test
    void prefersUnreadableToRefused() {
        assertThat(mapping.map("L", repayment("e-1", "other", "ref", "none"), DIGEST, APPENDED))
                .satisfies(unreadableFor(Reason.KEY_MISMATCH));
    }

    @Test
    void readsNoUnknownStatusAndNoSecondLeg() {
        assertThat(mapping.map(
                        "L",
                        new ComplianceStatusChanged("e-1", NOON, "c", "L", ComplianceStatus.UNKNOWN, ""),
                        DIGEST,
                        APPENDED))
                .satisfies(unreadableFor(Reason.UNKNOWN_SYMBOL));
        assertThat(mapping.map(
                        "L",
                        new ChargeRaised("e-1", NOON, "c", "L", ChargeKind.UNKNOWN, "1", "USD", ""),
                        DIGEST,
                        APPENDED))
                .satisfies(unreadableFor(Reason.UNKNOWN_SYMBOL));
        assertThat(mapping.map(
                        "L", new LiquidationSettled("c", "L", 1, 1, "1", "1", "1", true, NOON), DIGEST, APPENDED))
                .satisfies(unreadableFor(Reason.INCONSISTENT));
    }

    @Test
    void readsNoRecordThatIsNoInputOfALoan() {
        assertThat(mapping.map("L", new PaySurplus("i", "L", "1.00", "USD", NOON), DIGEST, APPENDED))
                .satisfies(unreadableFor(Reason.WRONG_TYPE));
    }

    @Test
    void digestsTheContentWithoutItsFraming() throws Exception {
        byte[] value = {0, 0, 0, 0, 9, 10, 20, 30};
        byte[] otherId = {0, 0, 0, 0, 8, 10, 20, 30};
        byte[] otherContent = {0, 0, 0, 0, 9, 10, 20, 31};
        long expected = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(value, 5, 8)))
                .getLong();

        assertThat(mapping.contentDigest(value)).isEqualTo(expected).isEqualTo(mapping.contentDigest(otherId));
        assertThat(mapping.contentDigest(otherContent)).isNotEqualTo(expected);
        assertThat(mapping.contentDigest(new byte[0])).isEqualTo(mapping.contentDigest(new byte[3]));
    }

    private static org.assertj.core.api.ThrowingConsumer<MappedInput> unreadableFor(Reason reason) {
        return mapped -> assertThat(mapped)
                .isInstanceOfSatisfying(
                        MappedInput.Unreadable.class,
                        it -> assertThat(it.reason()).isEqualTo(reason));
    }
}
