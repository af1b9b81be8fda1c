package io.loanledger.local.checker;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * Claims of proofs told again: the first loan that asks holds a proof until it gives it back, every other is denied; each claim is
 * answered once. And the loans of borrowers whose terms let one default be that of the others.
 */
final class Claims {
    private final Map<String, Integer> due = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();
    private final Map<String, Borrower> borrowers = new HashMap<>();

    static void check(History history, WireReading reading, CheckSettings settings, Tally tally) {
        Claims claims = new Claims();
        for (int p = 0; p < history.partitions(Topics.CLAIM_REQUESTS); p++) {
            long notTaken = history.notTakenFrom(settings.ledgerGroup(), Topics.CLAIM_REQUESTS, p);
            history.read(Topics.CLAIM_REQUESTS, p, message -> {
                GenericRecord record = reading.read(message.value()).record();
                if (record != null && message.offset() < notTaken) {
                    claims.take(record);
                }
            });
        }
        for (int p = 0; p < history.partitions(Topics.CLAIM_RESULTS); p++) {
            history.read(Topics.CLAIM_RESULTS, p, message -> {
                GenericRecord record = reading.read(message.value()).record();
                if (record != null) {
                    claims.answered(record, message, tally);
                }
            });
        }
        claims.due.forEach((claim, count) -> {
            if (count > 0) {
                tally.wrong(Check.ONE_PROOF_ONE_LOAN, claim, "is due and was not answered");
            }
        });
    }

    private void take(GenericRecord request) {
        if (request.getSchema().getName().startsWith("BorrowerLoan")) {
            String borrower = request.get("borrowerId").toString();
            borrowers
                    .computeIfAbsent(borrower, id -> new Borrower(id, due))
                    .take(request.getSchema().getName(), request.get("loanId").toString());
            return;
        }
        String proof = request.get("outpoint").toString();
        String loan = request.get("loanId").toString();
        if (request.getSchema().getName().equals("ClaimWithdrawn")) {
            holders.remove(proof, loan);
            return;
        }
        String holder = holders.putIfAbsent(proof, loan);
        boolean granted = holder == null || holder.equals(loan);
        due.merge((granted ? "ClaimGranted " : "ClaimDenied ") + proof + " " + loan, 1, Integer::sum);
    }

    private void answered(GenericRecord result, Message message, Tally tally) {
        boolean crosses = result.getSchema().getName().equals(Borrower.DECLARED);
        String claim = crosses
                ? Borrower.declared(
                        result.get("borrowerId").toString(),
                        result.get("loanId").toString(),
                        result.get("causeLoanId").toString())
                : result.getSchema().getName() + " " + result.get("outpoint") + " " + result.get("loanId");
        int count = due.getOrDefault(claim, 0);
        tally.holds(
                Check.ONE_PROOF_ONE_LOAN, count > 0, message.place(), () -> claim + " is not what the claims demand");
        if (count == 1) {
            due.remove(claim);
        } else {
            due.put(claim, count - 1);
        }
    }
}
