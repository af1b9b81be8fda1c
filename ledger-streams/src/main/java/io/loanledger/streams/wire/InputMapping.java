package io.loanledger.streams.wire;

import io.loanledger.core.loan.ChargeKind;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.events.AmendAck;
import io.loanledger.events.ChargeRaised;
import io.loanledger.events.ClaimDenied;
import io.loanledger.events.ClaimGranted;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.CollateralLockReverted;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralReconverted;
import io.loanledger.events.CollateralReleaseRequested;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.CollateralReturned;
import io.loanledger.events.ComplianceStatusChanged;
import io.loanledger.events.CrossDefaultDeclared;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.DefaultDeclared;
import io.loanledger.events.DefaultWaived;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.DisbursementFailed;
import io.loanledger.events.DisbursementReturned;
import io.loanledger.events.DrawdownRequested;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LoanCancelled;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallDisputeAnswered;
import io.loanledger.events.MarginCallDisputed;
import io.loanledger.events.ReconversionRequested;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.RepaymentReversed;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.SurplusPaid;
import io.loanledger.events.SurplusReturned;
import io.loanledger.events.TermsAmended;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of the topics keyed by loan as inputs of the core. What is wrong with a record comes back as a value: nothing that a producer
 * writes makes this throw.
 *
 * <p>Amounts stay as written; whether they fit the loan is for the core to say. One thread: the digest is reused.
 */
public final class InputMapping {
    private final MessageDigest sha256 = Sha256.newDigest();

    /** The first eight bytes, highest first, of the SHA-256 of a value's Avro bytes, which follow on five bytes of framing. */
    public long contentDigest(byte[] value) {
        int framing = Math.min(JournalCodec.FRAMING, value.length);
        sha256.update(value, framing, value.length - framing);
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    /**
     * The input that a record is for its loan.
     *
     * @param key the record's key: the loan
     * @param value the record
     * @param contentDigest {@link #contentDigest} of its bytes
     * @param appendedAt the record's timestamp, the broker's
     */
    public MappedInput map(String key, SpecificRecord value, long contentDigest, Instant appendedAt) {
        Reading reading = new Reading(key, contentDigest, appendedAt);
        LoanInput input = reading.input(value);
        MappedInput problem = reading.problems.first();
        if (problem != null) {
            return problem;
        }
        return input == null
                ? new MappedInput.Unreadable(
                        Reason.WRONG_TYPE, value.getSchema().getFullName() + " is no input of a loan")
                : new MappedInput.Read(input);
    }

    /** One record being read. */
    private record Reading(String key, long contentDigest, Instant appendedAt, Problems problems) {
        Reading(String key, long contentDigest, Instant appendedAt) {
            this(key, contentDigest, appendedAt, new Problems());
        }

        @Nullable
        LoanInput input(SpecificRecord value) {
            LoanInput custody = custody(value);
            if (custody != null) {
                return custody;
            }
            LoanInput lending = lending(value);
            if (lending != null) {
                return lending;
            }
            LoanInput payments = payments(value);
            return payments != null ? payments : ownSide(value);
        }

        private @Nullable LoanInput custody(SpecificRecord value) {
            return switch (value) {
                case CollateralDetected r ->
                    new LoanInput.CollateralDetected(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            ProofText.of(r.getProof(), problems),
                            stated("quantity", r.getQuantity(), r.getAsset()),
                            count("confirmations", r.getConfirmations()));
                case CollateralLocked r ->
                    new LoanInput.CollateralLocked(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            ProofText.of(r.getProof(), problems),
                            stated("quantity", r.getQuantity(), r.getAsset()));
                case CollateralLockReverted r ->
                    new LoanInput.CollateralLockReverted(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            ProofText.of(r.getProof(), problems),
                            words(r.getReason()));
                case CollateralReleased r ->
                    new LoanInput.CollateralReleased(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("instructionId", r.getInstructionId()),
                            stated("quantity", r.getQuantity(), r.getAsset()));
                case CollateralDelivered r ->
                    new LoanInput.CollateralDelivered(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("caseId", r.getCaseId()),
                            stated("quantity", r.getQuantity(), r.getAsset()));
                case CollateralReturned r ->
                    new LoanInput.CollateralReturned(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("caseId", r.getCaseId()),
                            stated("quantity", r.getQuantity(), r.getAsset()));
                case CollateralReconverted r ->
                    new LoanInput.CollateralReconverted(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("instructionId", r.getInstructionId()),
                            stated("quantity", r.getQuantity(), r.getAsset()),
                            stated("spent", r.getSpent(), r.getSpentAsset()));
                case CustodyStatement r ->
                    new LoanInput.CustodyStatement(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            stated("quantity", r.getQuantity(), r.getAsset()));
                default -> null;
            };
        }

        private @Nullable LoanInput lending(SpecificRecord value) {
            return switch (value) {
                case LoanRequested r ->
                    new LoanInput.LoanRequested(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("borrowerId", r.getBorrowerId()),
                            id("productId", r.getProductId()),
                            stated("principal", r.getPrincipal(), r.getDebtAsset()),
                            id("collateralAsset", r.getCollateralAsset()),
                            r.getFirstDraw() == null ? null : problems.amount("firstDraw", r.getFirstDraw()));
                case DrawdownRequested r ->
                    new LoanInput.DrawdownRequested(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            stated("amount", r.getAmount(), r.getAsset()));
                case TermsAmended r ->
                    new LoanInput.TermsAmended(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("productId", r.getProductId()),
                            r.getVersion(),
                            r.getMaturity(),
                            stated("fee", r.getFee(), r.getAsset()),
                            words(r.getReason()));
                case LoanCancelled r ->
                    new LoanInput.LoanCancelled(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            words(r.getReason()));
                case CollateralReleaseRequested r ->
                    new LoanInput.CollateralReleaseRequested(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            stated("quantity", r.getQuantity(), r.getAsset()),
                            r.getSubstitutes() == null ? null : ProofText.of(r.getSubstitutes(), problems));
                case MarginCallDisputed r ->
                    new LoanInput.MarginCallDisputed(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("callId", r.getCallId()),
                            words(r.getReason()));
                case MarginCallDisputeAnswered r ->
                    new LoanInput.MarginCallDisputeAnswered(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("callId", r.getCallId()),
                            r.getUpheld(),
                            words(r.getReason()));
                case ReconversionRequested r ->
                    new LoanInput.ReconversionRequested(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()));
                case ComplianceStatusChanged r ->
                    new LoanInput.ComplianceStatusChanged(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            frozen(r),
                            words(r.getReason()));
                case ChargeRaised r ->
                    new LoanInput.ChargeRaised(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            charge(r),
                            stated("amount", r.getAmount(), r.getAsset()),
                            words(r.getReason()));
                case DefaultDeclared r ->
                    new LoanInput.DefaultDeclared(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            words(r.getReason()));
                case DefaultWaived r ->
                    new LoanInput.DefaultWaived(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            words(r.getReason()));
                default -> null;
            };
        }

        private @Nullable LoanInput payments(SpecificRecord value) {
            return switch (value) {
                case RepaymentReceived r ->
                    new LoanInput.RepaymentReceived(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("paymentReference", r.getPaymentReference()),
                            stated("amount", r.getAmount(), r.getAsset()));
                case RepaymentReversed r ->
                    new LoanInput.RepaymentReversed(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("paymentReference", r.getPaymentReference()),
                            stated("amount", r.getAmount(), r.getAsset()),
                            words(r.getReason()));
                case DisbursementConfirmed r ->
                    new LoanInput.DisbursementConfirmed(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("instructionId", r.getInstructionId()),
                            stated("amount", r.getAmount(), r.getAsset()));
                case DisbursementFailed r ->
                    new LoanInput.DisbursementFailed(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("instructionId", r.getInstructionId()),
                            words(r.getReason()));
                case DisbursementReturned r ->
                    new LoanInput.DisbursementReturned(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("instructionId", r.getInstructionId()),
                            stated("amount", r.getAmount(), r.getAsset()),
                            words(r.getReason()));
                case SaleProceedsReceived r ->
                    new LoanInput.SaleProceedsReceived(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("caseId", r.getCaseId()),
                            id("paymentReference", r.getPaymentReference()),
                            stated("amount", r.getAmount(), r.getAsset()));
                case SurplusPaid r ->
                    new LoanInput.SurplusPaid(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("instructionId", r.getInstructionId()),
                            stated("amount", r.getAmount(), r.getAsset()));
                case SurplusReturned r ->
                    new LoanInput.SurplusReturned(
                            head(r.getLoanId(), r.getEventId(), r.getOccurredAt(), r.getProducer()),
                            id("instructionId", r.getInstructionId()),
                            stated("amount", r.getAmount(), r.getAsset()),
                            words(r.getReason()));
                default -> null;
            };
        }

        private @Nullable LoanInput ownSide(SpecificRecord value) {
            return switch (value) {
                case ClaimGranted r -> {
                    ofLoan(r.getLoanId());
                    yield new LoanInput.ClaimGranted(r.getOutpoint());
                }
                case ClaimDenied r -> {
                    ofLoan(r.getLoanId());
                    yield new LoanInput.ClaimDenied(r.getOutpoint(), words(r.getReason()));
                }
                case CrossDefaultDeclared r -> {
                    ofLoan(r.getLoanId());
                    yield new LoanInput.CrossDefaulted(
                            id("borrowerId", r.getBorrowerId()), id("causeLoanId", r.getCauseLoanId()));
                }
                case LiquidationDeclined r -> {
                    ofLoan(r.getLoanId());
                    yield new LoanInput.LiquidationDeclined(
                            id("caseId", r.getCaseId()),
                            r.getVersion(),
                            words(r.getReason()),
                            r.getIndexEpoch(),
                            r.getIndexSequence());
                }
                case AmendAck r -> {
                    ofLoan(r.getLoanId());
                    yield new LoanInput.AmendmentAcknowledged(
                            id("caseId", r.getCaseId()),
                            r.getVersion(),
                            problems.amount("irrevocableQuantity", r.getIrrevocableQuantity()));
                }
                case LiquidationSettled r -> {
                    ofLoan(r.getLoanId());
                    if (r.getLeg() != 0) {
                        problems.unreadable(Reason.INCONSISTENT, "a case has one leg, 0, not " + r.getLeg());
                    }
                    yield new LoanInput.LiquidationSettled(
                            id("caseId", r.getCaseId()),
                            r.getVersion(),
                            problems.amount("cumQuantity", r.getCumQuantity()),
                            problems.amount("cumGross", r.getCumGross()),
                            problems.amount("cumFees", r.getCumFees()),
                            r.getFinalSettlement());
                }
                default -> null;
            };
        }

        private FactHead head(String loanId, String eventId, Instant occurredAt, String producer) {
            ofLoan(loanId);
            return new FactHead(
                    id("eventId", eventId), occurredAt, id("producer", producer), contentDigest, appendedAt);
        }

        private void ofLoan(String loanId) {
            if (!loanId.equals(key)) {
                problems.unreadable(Reason.KEY_MISMATCH, "the key is not the value's loanId");
            }
            id("loanId", loanId);
        }

        private boolean frozen(ComplianceStatusChanged record) {
            return switch (record.getStatus()) {
                case CLEAR -> false;
                case FROZEN -> true;
                case UNKNOWN -> {
                    problems.unreadable(Reason.UNKNOWN_SYMBOL, "status is UNKNOWN");
                    yield true;
                }
            };
        }

        private ChargeKind charge(ChargeRaised record) {
            return switch (record.getKind()) {
                case COSTS -> ChargeKind.COSTS;
                case PENALTY -> ChargeKind.PENALTY;
                case FEE -> ChargeKind.FEE;
                case UNKNOWN -> {
                    problems.unreadable(Reason.UNKNOWN_SYMBOL, "kind is UNKNOWN");
                    yield ChargeKind.FEE;
                }
            };
        }

        private Stated stated(String field, String amount, String asset) {
            return new Stated(problems.amount(field, amount), id("asset", asset));
        }

        private int count(String field, int value) {
            if (value < 0) {
                problems.unreadable(Reason.INCONSISTENT, field + " is negative: " + value);
            }
            return value;
        }

        private String id(String field, String text) {
            return problems.id(field, text);
        }

        private String words(String reason) {
            return problems.words("reason", reason);
        }
    }
}
