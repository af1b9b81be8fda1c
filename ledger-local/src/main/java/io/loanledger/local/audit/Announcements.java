package io.loanledger.local.audit;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.events.Disburse;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarginCallCancelled;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.MarginCallExpired;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.PaySurplus;
import io.loanledger.events.ReleaseCollateral;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger tells others goes out in the transaction of the journal record that says so. Seen from outside: the journal and the
 * topics name the same calls, cases and instructions, each equally often.
 */
final class Announcements {

    private Announcements() {}

    /** The line for a journal event, or null when it is told to nobody. */
    static @Nullable String of(LoanEvent event, @Nullable ProductTerms terms) {
        if (event instanceof LoanEvent.MarginCallIssued e) {
            return "call " + e.callId();
        } else if (event instanceof LoanEvent.MarginCallCured e) {
            return "cure " + e.callId();
        } else if (event instanceof LoanEvent.MarginCallCancelled e) {
            // A call that was withdrawn was told as such.
            return String.valueOf(e.reason()).equals("AFTER_WITHDRAWAL") ? null : "cancel " + e.callId();
        } else if (event instanceof LoanEvent.MarginCallExpired e) {
            return "expiry " + e.callId();
        } else if (event instanceof LoanEvent.LiquidationRequested e) {
            return "sale " + e.caseId() + " " + e.reserved().amount().toPlainString();
        } else if (event instanceof LoanEvent.LiquidationAmended e) {
            return "sale " + e.caseId() + " " + e.version() + " "
                    + e.reserved().amount().toPlainString();
        } else if (event instanceof LoanEvent.LoanIssued e) {
            return "disburse " + e.disbursementId() + " "
                    + paidOut(e.principal(), terms).amount().toPlainString();
        } else if (event instanceof LoanEvent.DrawdownInstructed e) {
            return "disburse " + e.disbursementId() + " "
                    + e.amount().minus(e.fee()).amount().toPlainString();
        } else if (event instanceof LoanEvent.PledgeReturnInstructed e) {
            return "release " + e.instructionId() + " " + e.quantity().toPlainString();
        } else if (event instanceof LoanEvent.CollateralReleaseInstructed e) {
            return "release " + e.instructionId() + " " + e.quantity().amount().toPlainString();
        } else if (event instanceof LoanEvent.SurplusPayoutInstructed e) {
            return "surplus " + e.instructionId() + " " + e.amount().amount().toPlainString();
        }
        return null;
    }

    private static Money paidOut(Money principal, @Nullable ProductTerms terms) {
        OriginationTerms origination = terms == null ? null : terms.agreed().origination();
        return origination == null ? principal : principal.minus(origination.feeOf(principal));
    }

    /** The lines of everything that the topics say. */
    static List<String> in(PublicHistory history) {
        var lines = new ArrayList<String>();
        history.of(MarginCallIssued.class).forEach(e -> lines.add("call " + e.getCallId()));
        history.of(MarginCallCured.class).forEach(e -> lines.add("cure " + e.getCallId()));
        history.of(MarginCallCancelled.class).forEach(e -> lines.add("cancel " + e.getCallId()));
        history.of(MarginCallExpired.class).forEach(e -> lines.add("expiry " + e.getCallId()));
        history.of(LiquidationRequested.class)
                .forEach(e -> lines.add("sale " + e.getCaseId() + " " + e.getReservedQuantity()));
        history.of(LiquidationAmended.class)
                .forEach(
                        e -> lines.add("sale " + e.getCaseId() + " " + e.getVersion() + " " + e.getReservedQuantity()));
        history.of(Disburse.class).forEach(e -> lines.add("disburse " + e.getInstructionId() + " " + e.getAmount()));
        history.of(ReleaseCollateral.class)
                .forEach(e -> lines.add("release " + e.getInstructionId() + " " + e.getQuantity()));
        history.of(PaySurplus.class).forEach(e -> lines.add("surplus " + e.getInstructionId() + " " + e.getAmount()));
        return lines;
    }
}
