package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/**
 * What the journal's events have to tell the world, and what the topics tell: each once, and nothing else. Held by topic and a text of
 * the content, as counts that must meet at zero.
 */
final class Announcements {
    private static final String DELIVERY = "/delivery/";

    private final Map<String, int[]> open = new HashMap<>();
    private final Map<String, Boolean> locked = new HashMap<>();
    private final Map<String, Origination> fees = new HashMap<>();
    private final Map<String, String> borrowers = new HashMap<>();
    /** The loans whose default may be that of their borrower's others. */
    private final Set<String> crossed = new HashSet<>();

    private final Tally tally;

    Announcements(Tally tally) {
        this.tally = tally;
    }

    // --- what is due
    // -------------------------------------------------------------------------------------------------------

    void expect(Header header, GenericRecord event) {
        String loan = header.loanId();
        String at = Long.toString(header.taskTime());
        switch (event.getSchema().getName()) {
            case "MarginCallIssued" ->
                due(
                        Topics.MARGIN_CALLS,
                        "issued",
                        loan,
                        event.get("callId"),
                        event.get("issuedAt"),
                        event.get("deadline"),
                        amount(event, "topUpToCure"),
                        amount(event, "repayToCure"));
            case "MarginNoticeIssued" -> due(Topics.MARGIN_CALLS, "notice", loan, event.get("rung"), at);
            case "MarginCallAccelerated" ->
                due(
                        Topics.MARGIN_CALLS,
                        "accelerated",
                        loan,
                        event.get("callId"),
                        event.get("rung"),
                        at,
                        event.get("deadline"),
                        amount(event, "topUpToCure"),
                        amount(event, "repayToCure"));
            case "MarginCallDisputed" ->
                due(
                        Topics.MARGIN_CALLS,
                        "disputed",
                        loan,
                        event.get("callId"),
                        event.get("disputedAt"),
                        event.get("answerBy"));
            case "MarginCallDisputeClosed" ->
                due(
                        Topics.MARGIN_CALLS,
                        "answered",
                        loan,
                        event.get("callId"),
                        event.get("outcome"),
                        event.get("closedAt"),
                        event.get("deadline"));
            case "MarginCallCured" ->
                due(Topics.MARGIN_CALLS, "cured", loan, event.get("callId"), event.get("curedAt"), event.get("kind"));
            case "MarginCallCancelled" -> {
                if (!event.get("reason").toString().equals(CallRules.AFTER_WITHDRAWAL)) { // that was said before
                    due(Topics.MARGIN_CALLS, "cancelled", loan, event.get("callId"), at, event.get("reason"));
                }
            }
            case "MarginCallExpired" ->
                due(
                        Topics.MARGIN_CALLS,
                        "expired",
                        loan,
                        event.get("callId"),
                        event.get("deadline"),
                        event.get("expiredAt"));
            case "CollateralReleaseInstructed" ->
                due(
                        Topics.CUSTODY_INSTRUCTIONS,
                        "release",
                        loan,
                        event.get("instructionId"),
                        amount(event, "quantity"),
                        at);
            case "ReconversionInstructed" ->
                due(Topics.CUSTODY_INSTRUCTIONS, "buy", loan, event.get("instructionId"), amount(event, "spend"), at);
            case "PledgeReturnInstructed" ->
                due(
                        Topics.CUSTODY_INSTRUCTIONS,
                        "release",
                        loan,
                        event.get("instructionId"),
                        event.get("quantity") + " " + event.get("assetCode"),
                        at);
            case "SaleSettled" -> {
                if (!amountOf(event, "sold").startsWith("-") && !isZero(amountOf(event, "sold"))) {
                    due(
                            Topics.CUSTODY_INSTRUCTIONS,
                            "deliver",
                            loan,
                            loan + DELIVERY + header.loanVersion(),
                            event.get("caseId"),
                            amount(event, "sold"),
                            at);
                }
            }
            case "LoanRequested" -> borrowers.put(loan, event.get("borrowerId").toString());
            case "TermsBound" -> {
                keepFee(loan, event);
                if (crosses((GenericRecord) event.get("terms"))) {
                    crossed.add(loan);
                }
            }
            case "LoanAmended" -> {
                if (event.get("terms") instanceof GenericRecord terms && crosses(terms) != crossed.contains(loan)) {
                    if (crossed.add(loan)) {
                        dueOfBorrower("BorrowerLoanLive", loan, at);
                    } else {
                        dueOfBorrower("BorrowerLoanOver", loan, at);
                        crossed.remove(loan);
                    }
                }
            }
            case "DisbursementConfirmed" -> {
                if (event.get("disbursementId")
                        .toString()
                        .equals(loan + "/disbursement")) { // of the payout, not of a draw
                    dueOfBorrower("BorrowerLoanLive", loan, at);
                }
            }
            case "LoanDefaulted" -> {
                if (!event.get("reason").toString().equals(Defaults.CROSS)) {
                    dueOfBorrower("BorrowerLoanDefaulted", loan, at);
                }
            }
            case "DefaultEnded" -> {
                if (!event.get("reason").toString().equals(Defaults.CROSS)) {
                    dueOfBorrower("BorrowerLoanLive", loan, at);
                }
            }
            case "LoanRepaid" -> dueOfBorrower("BorrowerLoanOver", loan, at);
            case "LoanIssued" ->
                due(
                        Topics.PAYMENT_INSTRUCTIONS,
                        "disburse",
                        loan,
                        event.get("disbursementId"),
                        paidOut((GenericRecord) event.get("principal"), fee(loan, (GenericRecord)
                                event.get("principal"))),
                        at);
            case "DrawdownInstructed" -> {
                GenericRecord kept = Terms.part(event, "fee");
                due(
                        Topics.PAYMENT_INSTRUCTIONS,
                        "disburse",
                        loan,
                        event.get("disbursementId"),
                        paidOut(
                                (GenericRecord) event.get("amount"),
                                kept == null ? BigDecimal.ZERO : new BigDecimal(amountOf(event, "fee"))),
                        at);
            }
            case "DisbursementCancelInstructed" ->
                due(
                        Topics.PAYMENT_INSTRUCTIONS,
                        "cancel",
                        loan,
                        event.get("instructionId"),
                        event.get("disbursementId"),
                        at);
            case "SurplusPayoutInstructed" ->
                due(
                        Topics.PAYMENT_INSTRUCTIONS,
                        "surplus",
                        loan,
                        event.get("instructionId"),
                        amount(event, "amount"),
                        at);
            case "LiquidationRequested" -> {
                GenericRecord evidence = (GenericRecord) event.get("evidence");
                GenericRecord index = (GenericRecord) evidence.get("index");
                due(
                        Topics.REQUESTS,
                        "requested",
                        loan,
                        event.get("caseId"),
                        1,
                        index.get("market"),
                        event.get("reason"),
                        event.get("mode"),
                        amount(event, "reserved"),
                        amountOf(event, "lotSize"),
                        index.get("epoch"),
                        index.get("sequence"),
                        index.get("price"),
                        WireEvidence.exposure(evidence),
                        WireEvidence.counted(evidence),
                        WireEvidence.otherValue(evidence),
                        Terms.text(evidence, "addOn", "none"),
                        amount(evidence, "collateral"));
            }
            case "LiquidationAmended" ->
                due(
                        Topics.REQUESTS,
                        "amended",
                        loan,
                        event.get("caseId"),
                        event.get("version"),
                        event.get("mode"),
                        amountOf(event, "reserved"),
                        event.get("reason"),
                        at);
            case "CollateralLocked" -> {
                locked.put(loan + " " + event.get("proof"), true);
                due(Topics.CLAIM_REQUESTS, "claim", loan, event.get("proof"), at);
            }
            case "CollateralLockReverted" -> due(Topics.CLAIM_REQUESTS, "withdraw", loan, event.get("proof"), at);
            case "PendingLockReverted" -> {
                if (locked.containsKey(loan + " " + event.get("proof"))) {
                    due(Topics.CLAIM_REQUESTS, "withdraw", loan, event.get("proof"), at);
                }
            }
            default -> {} // says nothing to the world
        }
    }

    /** Of a loan whose terms let one default be that of the borrower's others. */
    private void dueOfBorrower(String type, String loan, String at) {
        if (crossed.contains(loan)) {
            due(Topics.CLAIM_REQUESTS, type, loan, Objects.requireNonNull(borrowers.get(loan)), at);
        }
    }

    private static boolean crosses(GenericRecord terms) {
        Defaulting onDefault = Agreement.read(terms).onDefault();
        return onDefault != null && onDefault.cross();
    }

    /** What the terms keep of the payout, where they keep anything. */
    private void keepFee(String loan, GenericRecord bound) {
        GenericRecord agreement = Terms.part((GenericRecord) bound.get("terms"), "agreement");
        Origination origination = agreement == null ? null : Origination.read(Terms.part(agreement, "origination"));
        if (origination != null) {
            fees.put(loan, origination);
        }
    }

    private String paidOut(GenericRecord principal, BigDecimal fee) {
        BigDecimal amount = new BigDecimal(principal.get("amount").toString());
        return Said.text(amount.subtract(fee), amount.scale()) + " " + principal.get("asset");
    }

    private BigDecimal fee(String loan, GenericRecord principal) {
        Origination origination = fees.get(loan);
        BigDecimal amount = new BigDecimal(principal.get("amount").toString());
        return origination == null ? BigDecimal.ZERO : origination.of(amount, amount.scale());
    }

    private void due(String topic, Object... parts) {
        count(topic, parts)[0]++;
    }

    private int[] count(String topic, Object... parts) {
        StringBuilder text = new StringBuilder(topic);
        for (Object part : parts) {
            text.append('|').append(part);
        }
        return open.computeIfAbsent(text.toString(), t -> new int[1]);
    }

    private static String amount(GenericRecord event, String field) {
        GenericRecord amount = (GenericRecord) event.get(field);
        return amount.get("amount") + " " + amount.get("asset");
    }

    private static String amountOf(GenericRecord event, String field) {
        return ((GenericRecord) event.get(field)).get("amount").toString();
    }

    private static boolean isZero(String amount) {
        return new java.math.BigDecimal(amount).signum() == 0;
    }

    // --- what was said
    // -------------------------------------------------------------------------------------------------------

    /** Reads a topic of announcements and counts each against what is due. */
    void read(History history, WireReading reading, String topic, int partition) {
        history.read(topic, partition, message -> {
            GenericRecord record = reading.read(message.value()).record();
            if (record == null) {
                tally.wrong(Check.PUBLIC_RECORD_ONCE, message.place(), "cannot be read");
                return;
            }
            Object[] parts = parts(record);
            int[] count = count(topic, parts);
            boolean due = count[0] > 0;
            count[0]--;
            if (count[0] == 0) {
                forget(topic, parts);
            }
            tally.holds(
                    Check.PUBLIC_RECORD_ONCE,
                    due,
                    message.place(),
                    () -> record.getSchema().getName() + " " + java.util.Arrays.toString(parts)
                            + " is not of the journal, or not once");
        });
    }

    private void forget(String topic, Object... parts) {
        StringBuilder text = new StringBuilder(topic);
        for (Object part : parts) {
            text.append('|').append(part);
        }
        open.remove(text.toString());
    }

    /** What is due and was not said. */
    void end() {
        open.forEach((text, count) -> {
            if (count[0] > 0) {
                tally.wrong(Check.PUBLIC_RECORD_ONCE, text, "is in the journal and was not announced");
            }
        });
        open.clear();
    }

    private static Object[] parts(GenericRecord r) {
        Object loan = Objects.requireNonNull(r.get("loanId"));
        return switch (r.getSchema().getName()) {
            case "MarginCallIssued" ->
                new Object[] {
                    "issued",
                    loan,
                    r.get("callId"),
                    r.get("issuedAt"),
                    r.get("deadline"),
                    r.get("topUpToCure") + " " + r.get("collateralAsset"),
                    r.get("repayToCure") + " " + r.get("debtAsset")
                };
            case "MarginNoticeIssued" -> new Object[] {"notice", loan, r.get("rung"), r.get("issuedAt")};
            case "MarginCallAccelerated" ->
                new Object[] {
                    "accelerated",
                    loan,
                    r.get("callId"),
                    r.get("rung"),
                    r.get("acceleratedAt"),
                    r.get("deadline"),
                    r.get("topUpToCure") + " " + r.get("collateralAsset"),
                    r.get("repayToCure") + " " + r.get("debtAsset")
                };
            case "MarginCallDisputeOpened" ->
                new Object[] {"disputed", loan, r.get("callId"), r.get("disputedAt"), r.get("answerBy")};
            case "MarginCallDisputeClosed" ->
                new Object[] {"answered", loan, r.get("callId"), r.get("outcome"), r.get("closedAt"), r.get("deadline")
                };
            case "MarginCallCured" -> new Object[] {"cured", loan, r.get("callId"), r.get("curedAt"), r.get("kind")};
            case "MarginCallCancelled" ->
                new Object[] {"cancelled", loan, r.get("callId"), r.get("cancelledAt"), r.get("reason")};
            case "MarginCallExpired" ->
                new Object[] {"expired", loan, r.get("callId"), r.get("deadline"), r.get("expiredAt")};
            case "ReleaseCollateral" ->
                new Object[] {
                    "release", loan, r.get("instructionId"), r.get("quantity") + " " + r.get("asset"), r.get("issuedAt")
                };
            case "BuyBack" ->
                new Object[] {
                    "buy", loan, r.get("instructionId"), r.get("spend") + " " + r.get("spendAsset"), r.get("issuedAt")
                };
            case "DeliverCollateral" ->
                new Object[] {
                    "deliver",
                    loan,
                    r.get("instructionId"),
                    r.get("caseId"),
                    r.get("quantity") + " " + r.get("asset"),
                    r.get("issuedAt")
                };
            case "Disburse" ->
                new Object[] {
                    "disburse", loan, r.get("instructionId"), r.get("amount") + " " + r.get("asset"), r.get("issuedAt")
                };
            case "CancelDisbursement" ->
                new Object[] {
                    "cancel", loan, r.get("instructionId"), r.get("disbursementInstructionId"), r.get("issuedAt")
                };
            case "PaySurplus" ->
                new Object[] {
                    "surplus", loan, r.get("instructionId"), r.get("amount") + " " + r.get("asset"), r.get("issuedAt")
                };
            case "LiquidationRequested" -> {
                GenericRecord evidence = (GenericRecord) r.get("evidence");
                yield new Object[] {
                    "requested",
                    loan,
                    r.get("caseId"),
                    r.get("version"),
                    r.get("market"),
                    r.get("reason"),
                    r.get("mode"),
                    r.get("reservedQuantity") + " " + r.get("collateralAsset"),
                    r.get("lotSize"),
                    evidence.get("epoch"),
                    evidence.get("sequence"),
                    evidence.get("price"),
                    evidence.get("exposure") + " " + evidence.get("debtAsset"),
                    evidence.get("collateralQuantity"),
                    Terms.text(evidence, "otherValue", "null"),
                    Terms.text(evidence, "addOn", "none"),
                    Terms.text(
                                    evidence,
                                    "pledgedQuantity",
                                    evidence.get("collateralQuantity").toString())
                            + " "
                            + evidence.get("collateralAsset")
                };
            }
            case "LiquidationAmended" ->
                new Object[] {
                    "amended",
                    loan,
                    r.get("caseId"),
                    r.get("version"),
                    r.get("mode"),
                    r.get("reservedQuantity"),
                    r.get("reason"),
                    r.get("amendedAt")
                };
            case "ClaimRequested" -> new Object[] {"claim", loan, r.get("outpoint"), r.get("requestedAt")};
            case "ClaimWithdrawn" -> new Object[] {"withdraw", loan, r.get("outpoint"), r.get("withdrawnAt")};
            case "BorrowerLoanLive" -> ofBorrower(r, loan, "liveAt");
            case "BorrowerLoanDefaulted" -> ofBorrower(r, loan, "defaultedAt");
            case "BorrowerLoanOver" -> ofBorrower(r, loan, "overAt");
            default -> new Object[] {r.getSchema().getName(), loan};
        };
    }

    private static Object[] ofBorrower(GenericRecord record, Object loan, String at) {
        return new Object[] {record.getSchema().getName(), loan, record.get("borrowerId"), record.get(at)};
    }
}
