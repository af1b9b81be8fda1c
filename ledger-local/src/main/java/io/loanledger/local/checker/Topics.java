package io.loanledger.local.checker;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topics as the checker knows them from the documents: its own list, compared with the catalogue by a test. */
final class Topics {
    static final String COLLATERAL = "custody.collateral.v1";
    static final String LOANS = "lending.loans.v1";
    static final String MOVEMENTS = "payments.movements.v1";
    static final String TERMS = "lending.terms.v1";
    static final String TERMS_FANNED = "lending.terms-fanned.v1";
    static final String INDEX = "prices.index.v1";
    static final String JOURNAL = "ledger.journal.v1";
    static final String MARGIN_CALLS = "ledger.margin-calls.v1";
    static final String REJECTIONS = "ledger.rejections.v1";
    static final String CUSTODY_INSTRUCTIONS = "custody.instructions.v1";
    static final String PAYMENT_INSTRUCTIONS = "payments.instructions.v1";
    static final String REQUESTS = "liquidation.requests.v1";
    static final String REPLIES = "liquidation.replies.v1";
    static final String ORDERS = "liquidation.orders.v1";
    static final String EXECUTIONS = "desk.executions.v1";
    static final String EXECUTION_RECORDS = "liquidation.execution-records.v1";
    static final String STRAYED = "ledger.strayed.v1";
    static final String CLAIM_REQUESTS = "ledger.claim-requests.v1";
    static final String CLAIM_RESULTS = "ledger.claim-results.v1";
    static final String CONTINUATIONS = "ledger.continuations.v1";
    static final String DEAD_LETTERS = "ledger.dead-letters.v1";

    /** What the ledger reads by loan. */
    static final List<String> KEYED_BY_LOAN = List.of(LOANS, COLLATERAL, MOVEMENTS, REPLIES, CLAIM_RESULTS);

    static final List<String> ALL = List.of(
            COLLATERAL,
            LOANS,
            MOVEMENTS,
            TERMS,
            TERMS_FANNED,
            INDEX,
            JOURNAL,
            MARGIN_CALLS,
            REJECTIONS,
            CUSTODY_INSTRUCTIONS,
            PAYMENT_INSTRUCTIONS,
            REQUESTS,
            REPLIES,
            ORDERS,
            EXECUTIONS,
            EXECUTION_RECORDS,
            STRAYED,
            CLAIM_REQUESTS,
            CLAIM_RESULTS,
            CONTINUATIONS,
            DEAD_LETTERS);

    /** The types of record that the ledger takes from a topic keyed by loan. */
    static final Map<String, Set<String>> TYPES = Map.of(
            COLLATERAL,
                    Set.of(
                            "CollateralDetected",
                            "CollateralLocked",
                            "CollateralLockReverted",
                            "CollateralReleased",
                            "CollateralDelivered",
                            "CollateralReturned",
                            "CustodyStatement",
                            "CollateralReconverted"),
            LOANS,
                    Set.of(
                            "LoanRequested",
                            "LoanCancelled",
                            "CollateralReleaseRequested",
                            "ComplianceStatusChanged",
                            "ChargeRaised",
                            "MarginCallDisputed",
                            "MarginCallDisputeAnswered",
                            "ReconversionRequested",
                            "DrawdownRequested",
                            "TermsAmended",
                            "DefaultDeclared",
                            "DefaultWaived"),
            MOVEMENTS,
                    Set.of(
                            "RepaymentReceived",
                            "RepaymentReversed",
                            "DisbursementConfirmed",
                            "DisbursementFailed",
                            "DisbursementReturned",
                            "SaleProceedsReceived",
                            "SurplusPaid",
                            "SurplusReturned"),
            REPLIES, Set.of("LiquidationDeclined", "AmendAck", "LiquidationSettled"),
            CLAIM_RESULTS, Set.of("ClaimGranted", "ClaimDenied", "CrossDefaultDeclared"));

    private Topics() {}
}
