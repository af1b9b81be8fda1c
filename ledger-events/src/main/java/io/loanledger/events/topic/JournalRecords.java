package io.loanledger.events.topic;

import io.loanledger.events.journal.AmendmentAcknowledged;
import io.loanledger.events.journal.ChargePosted;
import io.loanledger.events.journal.ClaimDenied;
import io.loanledger.events.journal.ClaimGranted;
import io.loanledger.events.journal.CollateralCredited;
import io.loanledger.events.journal.CollateralDelivered;
import io.loanledger.events.journal.CollateralDetected;
import io.loanledger.events.journal.CollateralLockReverted;
import io.loanledger.events.journal.CollateralLocked;
import io.loanledger.events.journal.CollateralReconverted;
import io.loanledger.events.journal.CollateralReleaseInstructed;
import io.loanledger.events.journal.CollateralReleased;
import io.loanledger.events.journal.CollateralReturned;
import io.loanledger.events.journal.CommitmentEnded;
import io.loanledger.events.journal.ComplianceChanged;
import io.loanledger.events.journal.CureDwellEnded;
import io.loanledger.events.journal.CureDwellStarted;
import io.loanledger.events.journal.DefaultEnded;
import io.loanledger.events.journal.DeskClaimPosted;
import io.loanledger.events.journal.DisbursementCancelInstructed;
import io.loanledger.events.journal.DisbursementConfirmed;
import io.loanledger.events.journal.DisbursementFailed;
import io.loanledger.events.journal.DisbursementReturned;
import io.loanledger.events.journal.DrawdownInstructed;
import io.loanledger.events.journal.InstalmentDue;
import io.loanledger.events.journal.InterestPosted;
import io.loanledger.events.journal.InterestRefunded;
import io.loanledger.events.journal.LiquidationAmended;
import io.loanledger.events.journal.LiquidationClosed;
import io.loanledger.events.journal.LiquidationDeclined;
import io.loanledger.events.journal.LiquidationRequested;
import io.loanledger.events.journal.LoanAmended;
import io.loanledger.events.journal.LoanCancelled;
import io.loanledger.events.journal.LoanClosed;
import io.loanledger.events.journal.LoanDefaulted;
import io.loanledger.events.journal.LoanIssued;
import io.loanledger.events.journal.LoanQuarantined;
import io.loanledger.events.journal.LoanRepaid;
import io.loanledger.events.journal.LoanRequested;
import io.loanledger.events.journal.MarginCallAccelerated;
import io.loanledger.events.journal.MarginCallCancelled;
import io.loanledger.events.journal.MarginCallCured;
import io.loanledger.events.journal.MarginCallDisputeClosed;
import io.loanledger.events.journal.MarginCallDisputed;
import io.loanledger.events.journal.MarginCallExpired;
import io.loanledger.events.journal.MarginCallIssued;
import io.loanledger.events.journal.MarginNoticeIssued;
import io.loanledger.events.journal.MoneySuspended;
import io.loanledger.events.journal.OverfillPosted;
import io.loanledger.events.journal.PendingLockReverted;
import io.loanledger.events.journal.PledgeReturnInstructed;
import io.loanledger.events.journal.PledgeReturned;
import io.loanledger.events.journal.QuarantineLifted;
import io.loanledger.events.journal.ReconciliationDifferenceFound;
import io.loanledger.events.journal.ReconciliationDifferenceSettled;
import io.loanledger.events.journal.ReconversionInstructed;
import io.loanledger.events.journal.RecordSkipped;
import io.loanledger.events.journal.RepaymentApplied;
import io.loanledger.events.journal.RepaymentReversed;
import io.loanledger.events.journal.RescissionOpened;
import io.loanledger.events.journal.RungsCleared;
import io.loanledger.events.journal.SaleProceedsReceived;
import io.loanledger.events.journal.SaleSettled;
import io.loanledger.events.journal.ShortfallRecorded;
import io.loanledger.events.journal.StabilisedApplied;
import io.loanledger.events.journal.SurplusPaid;
import io.loanledger.events.journal.SurplusPayoutInstructed;
import io.loanledger.events.journal.SurplusReturned;
import io.loanledger.events.journal.TermsBound;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records of {@link TopicCatalogue#JOURNAL}, in the order of a loan's life. A list of its own, because several share their
 * simple name with the input or the outbound record that they answer to.
 */
final class JournalRecords {
    static final List<Class<? extends SpecificRecord>> ALL = List.of(
            LoanRequested.class,
            TermsBound.class,
            LoanAmended.class,
            LoanCancelled.class,
            ComplianceChanged.class,
            CollateralDetected.class,
            CollateralLocked.class,
            ClaimGranted.class,
            ClaimDenied.class,
            CollateralCredited.class,
            CollateralLockReverted.class,
            PendingLockReverted.class,
            CollateralReleaseInstructed.class,
            CollateralReleased.class,
            PledgeReturnInstructed.class,
            PledgeReturned.class,
            LoanIssued.class,
            DrawdownInstructed.class,
            DisbursementConfirmed.class,
            DisbursementCancelInstructed.class,
            DisbursementFailed.class,
            DisbursementReturned.class,
            CommitmentEnded.class,
            InterestPosted.class,
            InterestRefunded.class,
            RepaymentApplied.class,
            RepaymentReversed.class,
            ChargePosted.class,
            InstalmentDue.class,
            LoanDefaulted.class,
            DefaultEnded.class,
            MoneySuspended.class,
            SurplusPayoutInstructed.class,
            SurplusPaid.class,
            SurplusReturned.class,
            MarginNoticeIssued.class,
            RungsCleared.class,
            MarginCallIssued.class,
            MarginCallAccelerated.class,
            CureDwellStarted.class,
            CureDwellEnded.class,
            MarginCallDisputed.class,
            MarginCallDisputeClosed.class,
            MarginCallCured.class,
            MarginCallCancelled.class,
            MarginCallExpired.class,
            LiquidationRequested.class,
            LiquidationAmended.class,
            AmendmentAcknowledged.class,
            LiquidationDeclined.class,
            SaleSettled.class,
            OverfillPosted.class,
            DeskClaimPosted.class,
            LiquidationClosed.class,
            RescissionOpened.class,
            ShortfallRecorded.class,
            CollateralDelivered.class,
            CollateralReturned.class,
            StabilisedApplied.class,
            ReconversionInstructed.class,
            CollateralReconverted.class,
            SaleProceedsReceived.class,
            ReconciliationDifferenceFound.class,
            ReconciliationDifferenceSettled.class,
            LoanRepaid.class,
            LoanClosed.class,
            LoanQuarantined.class,
            QuarantineLifted.class,
            RecordSkipped.class);

    private JournalRecords() {}
}
