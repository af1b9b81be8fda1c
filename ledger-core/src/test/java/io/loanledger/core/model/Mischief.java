package io.loanledger.core.model;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Fact;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Repeats, contradictions, wrong amounts, strangers: what should not be, and is. */
final class Mischief extends Actor {
    Mischief(Scene scene) {
        super(scene);
    }

    // ---------------------------------------------------------------------------------------------

    void make(ProductTerms product) {
        Instant now = ledger.world().taskTime();
        var head = head();
        boolean terms = ledger.loan().position() != null;
        if (now.equals(Instant.EPOCH)) {
            return; // no price yet, no clock
        }
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> again();
            case 3 ->
                tell(
                        "nothing paid",
                        new LoanInput.RepaymentReceived(
                                head, "zero", Actor.usd(chance(50) ? BigDecimal.ZERO : BigDecimal.ONE.negate())));
            case 4 ->
                tell(
                        "too much",
                        new LoanInput.RepaymentReceived(
                                head, "huge", Actor.usd(BigDecimal.TEN.pow(24).add(Actor.CENT))));
            case 5 ->
                tell(
                        "wrong money",
                        new LoanInput.RepaymentReceived(
                                head,
                                "euro-" + head.eventId(),
                                new Stated(BigDecimal.ONE, chance(50) ? "EUR" : "DOGE")));
            case 6 ->
                tell("half a cent", new LoanInput.RepaymentReceived(head, "half", Actor.usd(new BigDecimal("1.005"))));
            case 7 ->
                tell(
                        "wrong coin",
                        new LoanInput.CollateralLocked(
                                head,
                                "custodian:eth:" + head.eventId(),
                                new Stated(BigDecimal.ONE, chance(70) ? "ETH" : "DOGE")));
            case 8 ->
                tell(
                        "asked again",
                        new LoanInput.LoanRequested(
                                head, "borrower", product.productId(), Actor.usd(new BigDecimal("5000")), "BTC"));
            case 9 ->
                tell(
                        "cancelled",
                        new LoanInput.LoanCancelled(
                                terms && ledger.loan().status() != LoanStatus.ACTIVE && chance(80)
                                        ? head(now.minus(Duration.ofDays(46)))
                                        : head,
                                "too late"));
            case 10 -> strangers();
            case 11 -> {
                if (!ledger.loan().pledges().isEmpty()) {
                    tell(
                            "proof again",
                            new LoanInput.CollateralLocked(
                                    head, one(ledger.loan().pledges()).proof(), Actor.btc(BigDecimal.ONE)));
                }
            }
            case 12 ->
                tell(
                        "odd satoshi",
                        new LoanInput.CollateralLocked(
                                head, "custodian:odd:" + head.eventId(), Actor.btc(new BigDecimal("0.000000001"))));
            case 13 -> strangeReplies();
            case 15 -> fromTheFuture(now);
            case 14 ->
                tell(
                        "late money",
                        new LoanInput.RepaymentReceived(
                                head(now.minus(Duration.ofDays(45)).minus(Actor.TICK)),
                                "late-" + head.eventId(),
                                Actor.usd(BigDecimal.TEN)));
            default ->
                tell(
                        "surplus returned",
                        new LoanInput.SurplusReturned(
                                head,
                                id("surplus/"
                                        + Math.max(1, ledger.loan().counters().payouts())),
                                Actor.usd(BigDecimal.TWO),
                                "account closed"));
        }
    }

    private void fromTheFuture(Instant now) {
        Instant edge = now.plus(Duration.ofDays(45)).plus(TICK.multipliedBy(random.nextInt(2)));
        var head = head(edge);
        switch (random.nextInt(3)) {
            case 0 ->
                tell("future money", new LoanInput.RepaymentReceived(head, "future-" + head.eventId(), usd(CENT)));
            case 1 ->
                tell(
                        "future proceeds",
                        new LoanInput.SaleProceedsReceived(head, id("case/1"), "f-" + head.eventId(), usd(CENT)));
            default -> tell("future cancel", new LoanInput.ComplianceStatusChanged(head, false, "future"));
        }
    }

    private void again() {
        if (scene.told.isEmpty()) {
            return;
        }
        Fact fact = scene.told.get(scene.told.size() - 1 - random.nextInt(Math.min(10, scene.told.size())));
        if (chance(70)) {
            ledger.tell("repeated", fact);
            return;
        }
        var former = fact.head();
        ledger.tell(
                "contradicted",
                new LoanInput.LoanCancelled(
                        new io.loanledger.core.loan.FactHead(
                                former.eventId(), former.occurredAt(), former.producer(), -1, former.appendedAt()),
                        "contradiction"));
    }

    private void strangers() {
        var head = head(ledger.world().taskTime());
        switch (random.nextInt(12)) {
            case 10 -> tell("stranger", new LoanInput.DrawdownRequested(head, Actor.usd(Actor.CENT)));
            case 11 ->
                tell(
                        "stranger",
                        new LoanInput.TermsAmended(
                                head,
                                "nobody's",
                                1,
                                null,
                                Actor.usd(chance(70) ? BigDecimal.ZERO : Actor.CENT.negate()),
                                "?"));
            case 8 ->
                tell(
                        "stranger",
                        chance(50)
                                ? new LoanInput.ReconversionRequested(head)
                                : new LoanInput.DefaultWaived(head, "?"));
            case 9 ->
                tell(
                        "stranger",
                        new LoanInput.CollateralReconverted(
                                head, "no/reconversion/1", Actor.btc(Actor.SATOSHI), Actor.usd(Actor.CENT)));
            case 0 ->
                tell("stranger", new LoanInput.CollateralReleased(head, "no/release/1", Actor.btc(Actor.SATOSHI)));
            case 1 -> tell("stranger", new LoanInput.CollateralDelivered(head, "no/case/1", Actor.btc(Actor.SATOSHI)));
            case 2 -> tell("stranger", new LoanInput.SurplusPaid(head, "no/surplus/1", Actor.usd(Actor.CENT)));
            case 3 -> tell("stranger", new LoanInput.RepaymentReversed(head, "no-payment", Actor.usd(Actor.CENT), "?"));
            case 4 -> tell("stranger", new LoanInput.CollateralLockReverted(head, "custodian:no:proof", "?"));
            case 5 ->
                tell("stranger", new LoanInput.SaleProceedsReceived(head, "no/case/1", "wire", Actor.usd(Actor.CENT)));
            case 6 ->
                tell("stranger", new LoanInput.DisbursementConfirmed(head, "no/disbursement", Actor.usd(Actor.CENT)));
            default -> tell("stranger", new LoanInput.DisbursementFailed(head, "no/disbursement", "?"));
        }
    }

    private void strangeReplies() {
        var open = ledger.loan().openCase();
        String caseId = open == null ? "no/case/1" : open.caseId();
        int version = open == null ? 1 : open.version() + 1;
        switch (random.nextInt(4)) {
            case 0 -> ledger.tell("strange reply", new LoanInput.LiquidationDeclined(caseId, version, "?", 1, 1));
            case 1 ->
                ledger.tell("strange reply", new LoanInput.AmendmentAcknowledged(caseId, version, BigDecimal.ZERO));
            case 2 ->
                ledger.tell(
                        "strange reply",
                        new LoanInput.LiquidationSettled(
                                caseId, version, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, true));
            default -> ledger.tell("strange reply", new LoanInput.ClaimGranted("custodian:no:proof"));
        }
    }
}
