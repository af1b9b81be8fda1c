package io.loanledger.streams;

import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.events.AmendAck;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ChargeBase;
import io.loanledger.events.ChargeKind;
import io.loanledger.events.ChargeRaised;
import io.loanledger.events.ClaimDenied;
import io.loanledger.events.ClaimGranted;
import io.loanledger.events.ClockStopper;
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
import io.loanledger.events.CollateralTerms;
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
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.HaircutTier;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.LoanCancelled;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallDisputeAnswered;
import io.loanledger.events.MarginCallDisputed;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.ReconversionRequested;
import io.loanledger.events.ReleaseTerms;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.RepaymentReversed;
import io.loanledger.events.RungAction;
import io.loanledger.events.SalePlan;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.SaleTerms;
import io.loanledger.events.SurplusPaid;
import io.loanledger.events.SurplusReturned;
import io.loanledger.events.TermsAmended;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Inputs of the core as the records in which others send them: the other way round than the mappings of the ledger. */
final class WireForm {
    private static final String PROOF_PREFIX = "custodian:";

    private WireForm() {}

    /** A record and where it is sent. */
    record Sent(Topic topic, SpecificRecord record) {}

    static Sent of(String loanId, LoanInput input, Instant at) {
        return switch (input) {
            case LoanInput.Fact fact -> fact(loanId, fact);
            case LoanInput.ClaimGranted i ->
                new Sent(TopicCatalogue.CLAIM_RESULTS, new ClaimGranted(i.proof(), loanId, at));
            case LoanInput.ClaimDenied i ->
                new Sent(TopicCatalogue.CLAIM_RESULTS, new ClaimDenied(i.proof(), loanId, at, i.reason()));
            case LoanInput.CrossDefaulted i ->
                new Sent(
                        TopicCatalogue.CLAIM_RESULTS,
                        new CrossDefaultDeclared(loanId, i.borrowerId(), i.causeLoanId(), at));
            case LoanInput.LiquidationDeclined i ->
                reply(new LiquidationDeclined(
                        i.caseId(), loanId, i.version(), i.reason(), i.indexEpoch(), i.indexSequence(), at));
            case LoanInput.AmendmentAcknowledged i ->
                reply(new AmendAck(i.caseId(), loanId, i.version(), text(i.irrevocable()), at));
            case LoanInput.LiquidationSettled i ->
                reply(new LiquidationSettled(
                        i.caseId(),
                        loanId,
                        0,
                        i.version(),
                        text(i.cumQuantity()),
                        text(i.cumGross()),
                        text(i.cumFees()),
                        i.finalSettlement(),
                        at));
            case LoanInput.PriceObserved i -> throw new IllegalArgumentException("no record of a loan: " + i);
            case LoanInput.TimePassed i -> throw new IllegalArgumentException("no record of a loan: " + i);
        };
    }

    private static Sent reply(SpecificRecord record) {
        return new Sent(TopicCatalogue.LIQUIDATION_REPLIES, record);
    }

    private static Sent fact(String loanId, LoanInput.Fact fact) {
        FactHead h = fact.head();
        String id = h.eventId();
        Instant at = h.occurredAt();
        String by = h.producer();
        SpecificRecord record = switch (fact) {
            case LoanInput.CollateralDetected f ->
                new CollateralDetected(
                        id,
                        at,
                        by,
                        loanId,
                        f.quantity().asset(),
                        text(f.quantity()),
                        proof(f.proof()),
                        f.confirmations());
            case LoanInput.CollateralLocked f ->
                new CollateralLocked(id, at, by, loanId, f.quantity().asset(), text(f.quantity()), proof(f.proof()), 6);
            case LoanInput.CollateralLockReverted f ->
                new CollateralLockReverted(id, at, by, loanId, proof(f.proof()), f.reason());
            case LoanInput.CollateralReleased f ->
                new CollateralReleased(
                        id, at, by, loanId, f.instructionId(), f.quantity().asset(), text(f.quantity()), "tx-" + id);
            case LoanInput.CollateralDelivered f ->
                new CollateralDelivered(
                        id, at, by, loanId, f.caseId(), f.quantity().asset(), text(f.quantity()), "tx-" + id);
            case LoanInput.CollateralReturned f ->
                new CollateralReturned(
                        id, at, by, loanId, f.caseId(), f.quantity().asset(), text(f.quantity()), "tx-" + id);
            case LoanInput.CollateralReconverted f ->
                new CollateralReconverted(
                        id,
                        at,
                        by,
                        loanId,
                        f.instructionId(),
                        f.quantity().asset(),
                        text(f.quantity()),
                        text(f.spent()),
                        f.spent().asset(),
                        "tx-" + id);
            case LoanInput.ReconversionRequested f -> new ReconversionRequested(id, at, by, loanId);
            case LoanInput.CustodyStatement f ->
                new CustodyStatement(id, at, by, loanId, f.quantity().asset(), text(f.quantity()));
            case LoanInput.LoanRequested f ->
                new LoanRequested(
                        id,
                        at,
                        by,
                        loanId,
                        f.borrowerId(),
                        f.productId(),
                        text(f.principal()),
                        f.principal().asset(),
                        f.collateralAsset(),
                        f.firstDraw() == null ? null : f.firstDraw().toPlainString());
            case LoanInput.DrawdownRequested f ->
                new DrawdownRequested(
                        id, at, by, loanId, text(f.amount()), f.amount().asset());
            case LoanInput.TermsAmended f ->
                new TermsAmended(
                        id,
                        at,
                        by,
                        loanId,
                        f.productId(),
                        f.version(),
                        f.maturity(),
                        text(f.fee()),
                        f.fee().asset(),
                        f.reason());
            case LoanInput.LoanCancelled f -> new LoanCancelled(id, at, by, loanId, f.reason());
            case LoanInput.CollateralReleaseRequested f ->
                new CollateralReleaseRequested(
                        id,
                        at,
                        by,
                        loanId,
                        f.quantity().asset(),
                        text(f.quantity()),
                        f.substitutes() == null ? null : proof(f.substitutes()));
            case LoanInput.MarginCallDisputed f -> new MarginCallDisputed(id, at, by, loanId, f.callId(), f.reason());
            case LoanInput.MarginCallDisputeAnswered f ->
                new MarginCallDisputeAnswered(id, at, by, loanId, f.callId(), f.upheld(), f.reason());
            case LoanInput.ComplianceStatusChanged f ->
                new ComplianceStatusChanged(
                        id, at, by, loanId, f.frozen() ? ComplianceStatus.FROZEN : ComplianceStatus.CLEAR, f.reason());
            case LoanInput.ChargeRaised f ->
                new ChargeRaised(
                        id,
                        at,
                        by,
                        loanId,
                        ChargeKind.valueOf(f.kind().name()),
                        text(f.amount()),
                        f.amount().asset(),
                        f.reason());
            case LoanInput.DefaultDeclared f -> new DefaultDeclared(id, at, by, loanId, f.reason());
            case LoanInput.DefaultWaived f -> new DefaultWaived(id, at, by, loanId, f.reason());
            case LoanInput.RepaymentReceived f ->
                new RepaymentReceived(
                        id,
                        at,
                        by,
                        loanId,
                        f.paymentReference(),
                        text(f.amount()),
                        f.amount().asset());
            case LoanInput.RepaymentReversed f ->
                new RepaymentReversed(
                        id,
                        at,
                        by,
                        loanId,
                        f.paymentReference(),
                        text(f.amount()),
                        f.amount().asset(),
                        f.reason());
            case LoanInput.DisbursementConfirmed f ->
                new DisbursementConfirmed(
                        id,
                        at,
                        by,
                        loanId,
                        f.instructionId(),
                        text(f.amount()),
                        f.amount().asset());
            case LoanInput.DisbursementFailed f ->
                new DisbursementFailed(id, at, by, loanId, f.instructionId(), f.reason());
            case LoanInput.DisbursementReturned f ->
                new DisbursementReturned(
                        id,
                        at,
                        by,
                        loanId,
                        f.instructionId(),
                        text(f.amount()),
                        f.amount().asset(),
                        f.reason());
            case LoanInput.SaleProceedsReceived f ->
                new SaleProceedsReceived(
                        id,
                        at,
                        by,
                        loanId,
                        f.caseId(),
                        f.paymentReference(),
                        text(f.amount()),
                        f.amount().asset());
            case LoanInput.SurplusPaid f ->
                new SurplusPaid(
                        id,
                        at,
                        by,
                        loanId,
                        f.instructionId(),
                        text(f.amount()),
                        f.amount().asset());
            case LoanInput.SurplusReturned f ->
                new SurplusReturned(
                        id,
                        at,
                        by,
                        loanId,
                        f.instructionId(),
                        text(f.amount()),
                        f.amount().asset(),
                        f.reason());
        };
        return new Sent(topicOf(fact), record);
    }

    private static Topic topicOf(LoanInput.Fact fact) {
        return switch (fact) {
            case LoanInput.CollateralDetected f -> TopicCatalogue.COLLATERAL;
            case LoanInput.CollateralLocked f -> TopicCatalogue.COLLATERAL;
            case LoanInput.CollateralLockReverted f -> TopicCatalogue.COLLATERAL;
            case LoanInput.CollateralReleased f -> TopicCatalogue.COLLATERAL;
            case LoanInput.CollateralDelivered f -> TopicCatalogue.COLLATERAL;
            case LoanInput.CollateralReturned f -> TopicCatalogue.COLLATERAL;
            case LoanInput.CollateralReconverted f -> TopicCatalogue.COLLATERAL;
            case LoanInput.ReconversionRequested f -> TopicCatalogue.LOANS;
            case LoanInput.CustodyStatement f -> TopicCatalogue.COLLATERAL;
            case LoanInput.LoanRequested f -> TopicCatalogue.LOANS;
            case LoanInput.LoanCancelled f -> TopicCatalogue.LOANS;
            case LoanInput.DrawdownRequested f -> TopicCatalogue.LOANS;
            case LoanInput.TermsAmended f -> TopicCatalogue.LOANS;
            case LoanInput.CollateralReleaseRequested f -> TopicCatalogue.LOANS;
            case LoanInput.ComplianceStatusChanged f -> TopicCatalogue.LOANS;
            case LoanInput.ChargeRaised f -> TopicCatalogue.LOANS;
            case LoanInput.DefaultDeclared f -> TopicCatalogue.LOANS;
            case LoanInput.DefaultWaived f -> TopicCatalogue.LOANS;
            case LoanInput.MarginCallDisputed f -> TopicCatalogue.LOANS;
            case LoanInput.MarginCallDisputeAnswered f -> TopicCatalogue.LOANS;
            case LoanInput.RepaymentReceived f -> TopicCatalogue.MOVEMENTS;
            case LoanInput.RepaymentReversed f -> TopicCatalogue.MOVEMENTS;
            case LoanInput.DisbursementConfirmed f -> TopicCatalogue.MOVEMENTS;
            case LoanInput.DisbursementFailed f -> TopicCatalogue.MOVEMENTS;
            case LoanInput.DisbursementReturned f -> TopicCatalogue.MOVEMENTS;
            case LoanInput.SaleProceedsReceived f -> TopicCatalogue.MOVEMENTS;
            case LoanInput.SurplusPaid f -> TopicCatalogue.MOVEMENTS;
            case LoanInput.SurplusReturned f -> TopicCatalogue.MOVEMENTS;
        };
    }

    private static CollateralProof proof(String text) {
        String[] parts = text.substring(PROOF_PREFIX.length()).split(":", 2);
        return new CollateralProof(
                CollateralProofKind.CUSTODIAL_ATTESTATION,
                null,
                null,
                null,
                new CustodialAttestation(parts[0], parts[1].replace("%3A", ":")));
    }

    // --- prices and terms --------------------------------------------------------------------------------------------

    static io.loanledger.events.IndexPrice price(IndexPrice index) {
        return new io.loanledger.events.IndexPrice(
                index.market(),
                index.epoch(),
                index.sequence(),
                index.priceTime(),
                index.price() == null ? null : text(index.price()),
                IndexState.valueOf(index.state().name()),
                index.stateReason(),
                index.quorum(),
                List.of());
    }

    private static io.loanledger.events.Ladder ladder(Ladder ladder) {
        return new io.loanledger.events.Ladder(
                ladder.rungs().stream()
                        .map(rung -> new io.loanledger.events.Rung(
                                threshold(rung.threshold()),
                                RungAction.valueOf(rung.action().name()),
                                fraction(rung.level()),
                                rung.period().toSeconds(),
                                rung.share().isZero() ? null : fraction(rung.share())))
                        .toList(),
                ladder.cureDwell().toSeconds(),
                ladder.disputeWindow().toSeconds(),
                ladder.answerWindow().toSeconds());
    }

    static io.loanledger.events.ProductTerms terms(ProductTerms terms) {
        var first = terms.ladder().lowest(Rung.Action.CALL);
        var sale = terms.liquidation();
        return io.loanledger.events.ProductTerms.newBuilder()
                .setEventId("terms-" + terms.productId())
                .setOccurredAt(Instant.EPOCH)
                .setProducer("lender")
                .setProductId(terms.productId())
                .setVersion(terms.version())
                .setDebtAsset(asset(terms.debtAsset()))
                .setCollateral(terms.collateral().stream().map(WireForm::taken).toList())
                .setOpenLtv(fraction(terms.openLtv()))
                .setMarginCall(new MarginCallTerms(
                        threshold(first == null ? sale.threshold() : first.threshold()),
                        fraction(first == null ? sale.targetLtv() : first.level()),
                        first == null ? 0 : first.period().toSeconds(),
                        terms.ladder().factLag().toSeconds(),
                        ClockStopper.valueOf(terms.ladder().clockStopper().name())))
                .setLiquidation(new LiquidationTerms(
                        threshold(sale.threshold()),
                        fraction(sale.targetLtv()),
                        text(sale.minimumResidualDebt().amount()),
                        decimal(sale.fee().rate()),
                        decimal(sale.floorDiscount()),
                        sale.isPlain() ? null : sale(sale)))
                .setAnnualRate(WireAgreement.annualRate(terms))
                .setDayCount(WireAgreement.dayCount(terms))
                .setExposureBasis(ExposureBasis.valueOf(terms.exposureBasis().name()))
                .setTermDays(terms.termDays())
                .setRelease(release(terms.release()))
                .setAgreement(WireAgreement.of(terms))
                .setMixedCollateral(terms.mixedCollateral())
                .setLadder(terms.ladder().isSingleCall() ? null : ladder(terms.ladder()))
                .build();
    }

    private static CollateralTerms taken(io.loanledger.core.terms.CollateralTerms taken) {
        List<HaircutTier> further = taken.tiers().stream()
                .skip(1)
                .map(tier -> new HaircutTier(text(tier.over().amount()), fraction(tier.haircut())))
                .toList();
        return new CollateralTerms(
                asset(taken.asset()),
                taken.market(),
                decimal(taken.haircut()),
                text(taken.lotSize().amount()),
                further,
                taken.openLtv() == null ? null : fraction(taken.openLtv()));
    }

    private static SaleTerms sale(io.loanledger.core.terms.LiquidationTerms sale) {
        return new SaleTerms(
                SalePlan.valueOf(sale.plan().name()),
                fraction(sale.closeFactor()),
                ChargeBase.valueOf(sale.fee().base().name()),
                fraction(sale.penalty().rate()),
                ChargeBase.valueOf(sale.penalty().base().name()),
                sale.reverseLtv() == null ? null : fraction(sale.reverseLtv()));
    }

    private static @Nullable ReleaseTerms release(io.loanledger.core.terms.@Nullable ReleaseTerms release) {
        return release == null
                ? null
                : new ReleaseTerms(
                        fraction(release.belowLtv()),
                        fraction(release.backToLtv()),
                        text(release.least().amount()),
                        text(release.most().amount()),
                        release.notBeforeDays(),
                        release.intervalDays());
    }

    private static AssetDefinition asset(Asset asset) {
        return new AssetDefinition(asset.code(), asset.scale(), "test:" + asset.code());
    }

    private static Threshold threshold(io.loanledger.core.money.Threshold threshold) {
        return new Threshold(
                fraction(threshold.ltv()),
                ThresholdComparator.valueOf(threshold.comparator().name()));
    }

    private static io.loanledger.events.Fraction fraction(Fraction fraction) {
        return new io.loanledger.events.Fraction(
                fraction.numerator().toString(), fraction.denominator().toString());
    }

    private static String decimal(Fraction fraction) {
        return text(new BigDecimal(fraction.numerator()).divide(new BigDecimal(fraction.denominator())));
    }

    private static String text(Stated stated) {
        return text(stated.amount());
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }
}
