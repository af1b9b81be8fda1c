package io.loanledger.streams.wire;

import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.DifferenceKind;
import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.SaleMode;

/** What {@link LoanWriter} and {@link LoanReader} agree on. */
final class LoanFormat {
    /**
     * The first byte of every stored loan. 2 added the wait after declines and the overfill of a case, 3 the coin that the desk gave
     * back for no bust, 4 made room for more parts: they are a number, and one byte before.
     */
    static final int VERSION = 4;

    /** Still read; a loan is rewritten at its next change. */
    static final int OLDEST_VERSION = 1;

    // Which of the parts that a loan need not have follow.
    static final int FROZEN = 1;
    static final int APPLICATION = 1 << 1;
    static final int AGREEMENT = 1 << 2;
    static final int DISBURSEMENT = 1 << 3;
    static final int MARGIN_CALL = 1 << 4;
    static final int OPEN_CASE = 1 << 5;
    static final int QUARANTINE = 1 << 6;
    static final int BACK_OFF = 1 << 7;
    static final int RELEASED = 1 << 8;
    static final int REACHED = 1 << 9;
    static final int STABILISED = 1 << 10;

    /** Costs and penalties; and what money was spread on says of them, and of instalments. */
    static final int CHARGES = 1 << 11;

    static final int SERVICING = 1 << 12;

    /** When the loan was in default, and what that cost. */
    static final int DEFAULT = 1 << 14;

    /** Of a line: what was drawn after the first payout, and how much that was to be. */
    static final int DRAWS = 1 << 15;

    /** What changed of the agreement since it was bound. */
    static final int AMENDED = 1 << 16;

    /** Each payment says its fee on principal that was not due. */
    static final int PREPAID = 1 << 17;

    /** In the byte of the status, whose codes are few: the reconciliation follows at the end. */
    static final int RECONCILED = 1 << 7;

    /** In the byte of a pledge's stage. */
    static final int SPARE = 1 << 7;

    static final EnumCodes<LoanStatus> STATUS = EnumCodes.of(
            LoanStatus.class,
            LoanStatus.UNKNOWN,
            LoanStatus.REQUESTED,
            LoanStatus.ISSUED,
            LoanStatus.ACTIVE,
            LoanStatus.SHORTFALL,
            LoanStatus.REPAID,
            LoanStatus.CANCELLED,
            LoanStatus.CLOSED);
    static final EnumCodes<Pledge.Stage> PLEDGE = EnumCodes.of(
            Pledge.Stage.class,
            Pledge.Stage.DETECTED,
            Pledge.Stage.LOCKED,
            Pledge.Stage.DENIED,
            Pledge.Stage.CLAIMED,
            Pledge.Stage.CREDITED,
            Pledge.Stage.REVERTED,
            Pledge.Stage.RETURNING,
            Pledge.Stage.RETURNED);
    static final EnumCodes<Disbursement.Stage> PAYOUT = EnumCodes.of(
            Disbursement.Stage.class,
            Disbursement.Stage.INSTRUCTED,
            Disbursement.Stage.CANCEL_ASKED,
            Disbursement.Stage.CONFIRMED,
            Disbursement.Stage.FAILED);
    static final EnumCodes<Instruction.Kind> INSTRUCTION = EnumCodes.of(
            Instruction.Kind.class,
            Instruction.Kind.RELEASE_COLLATERAL,
            Instruction.Kind.PAY_SURPLUS,
            Instruction.Kind.RETURN_PLEDGE,
            Instruction.Kind.BUY_BACK);
    static final EnumCodes<MarginCall.Stage> CALL = EnumCodes.of(
            MarginCall.Stage.class,
            MarginCall.Stage.RUNNING,
            MarginCall.Stage.DISPUTED,
            MarginCall.Stage.WITHDRAWN,
            MarginCall.Stage.EXPIRED);
    static final EnumCodes<CaseReason> REASON = EnumCodes.of(
            CaseReason.class,
            CaseReason.HARD_LTV,
            CaseReason.CALL_EXPIRED,
            CaseReason.PAYMENT_DEFAULT,
            CaseReason.MATURITY,
            CaseReason.CROSS_DEFAULT,
            CaseReason.MANUAL);
    static final EnumCodes<DefaultReason> DEFAULT_REASON = EnumCodes.of(
            DefaultReason.class,
            DefaultReason.PAYMENT_DEFAULT,
            DefaultReason.MATURITY,
            DefaultReason.CROSS_DEFAULT,
            DefaultReason.MANUAL);
    static final EnumCodes<SaleMode> MODE =
            EnumCodes.of(SaleMode.class, SaleMode.PARTIAL, SaleMode.FULL, SaleMode.INCREMENT);

    static final EnumCodes<DifferenceKind> DIFFERENCE =
            EnumCodes.of(DifferenceKind.class, DifferenceKind.HELD, DifferenceKind.DELIVERY, DifferenceKind.PROCEEDS);

    private LoanFormat() {}
}
