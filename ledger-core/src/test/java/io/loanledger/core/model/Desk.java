package io.loanledger.core.model;

import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.terms.CollateralTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The liquidation processor and the desk behind it. */
final class Desk extends Actor {
    Desk(Scene scene) {
        super(scene);
    }

    // -----------------------------------------------------------------------------------------------------------

    void workOnCase() {
        LiquidationCase open = loan().openCase();
        int dice = random.nextInt(100);
        int version = chance(90) ? open.version() : Math.max(1, open.version() - 1);
        if (dice < 12 && open.cumQuantity().isZero()) {
            String reason = chance(70) ? "INDEX_TOO_OLD" : "BREACH_IS_OVER";
            ledger.tell("case declined", new LoanInput.LiquidationDeclined(open.caseId(), version, reason, 1, 1));
        } else if (dice < 35 && open.version() > 1) {
            BigDecimal live = part(open.unsold().amount().max(SATOSHI), SATOSHI);
            BigDecimal irrevocable = chance(60)
                    ? open.cumQuantity().amount()
                    : open.cumQuantity().amount().add(live).min(open.reserved().amount());
            ledger.tell(
                    "amendment acknowledged",
                    new LoanInput.AmendmentAcknowledged(
                            open.caseId(),
                            version,
                            chance(97) ? irrevocable : open.reserved().amount().add(SATOSHI)));
        } else if (dice < 45 && open.cumQuantity().isPositive()) {
            bust(open, version);
        } else {
            fill(open, version);
        }
    }

    private void fill(LiquidationCase open, int version) {
        BigDecimal unsold = open.unsold().amount();
        boolean all = chance(55);
        BigDecimal fill =
                all ? open.wanted().minus(open.cumQuantity()).amount().max(BigDecimal.ZERO) : part(unsold, LOT);
        fill = fill.min(unsold);
        fill = chance(3) ? unsold.add(chance(50) ? SATOSHI : LOT) : fill;
        BigDecimal price =
                newestPrice(soldBy(open.caseId())).multiply(BigDecimal.valueOf(9_800 + random.nextInt(250), 4));
        BigDecimal gross = price.multiply(fill).setScale(2, RoundingMode.HALF_EVEN);
        BigDecimal fees = gross.multiply(new BigDecimal("0.001")).setScale(2, RoundingMode.HALF_EVEN);
        boolean done = all ? chance(85) : chance(10);
        ledger.tell(
                "fill",
                new LoanInput.LiquidationSettled(
                        open.caseId(),
                        version,
                        open.cumQuantity().amount().add(fill),
                        open.cumGross().amount().add(gross),
                        open.cumDeskFees().amount().add(fees),
                        done));
    }

    /** One that was asked for; of a loan of several coins its id says which coin it sells. */
    private String anyCase() {
        List<String> ids = new ArrayList<>();
        if (loan().terms().terms().mixedCollateral()) {
            loan().closedCases().forEach(closed -> ids.add(closed.caseId()));
            if (loan().openCase() != null) {
                ids.add(loan().openCase().caseId());
            }
        }
        return ids.isEmpty()
                ? id("case/" + (1 + random.nextInt(loan().counters().cases())))
                : one(ids);
    }

    private CollateralTerms soldBy(String caseId) {
        return taken().stream()
                .filter(coin -> caseId.endsWith("/" + coin.asset().code()))
                .findFirst()
                .orElse(loan().terms().collateralTerms());
    }

    private void bust(LiquidationCase open, int version) {
        BigDecimal share = new BigDecimal(random.nextInt(101)).movePointLeft(2);
        ledger.tell(
                "bust",
                new LoanInput.LiquidationSettled(
                        open.caseId(),
                        version,
                        open.cumQuantity().amount().multiply(share).setScale(8, RoundingMode.HALF_EVEN),
                        open.cumGross().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                        open.cumDeskFees().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                        chance(10)));
    }

    boolean deliverOrPayProceeds() {
        if (loan().counters().cases() == 0) {
            return false;
        }
        String caseId = anyCase();
        CollateralTerms coin = soldBy(caseId);
        BigDecimal due = coinOf(coin)
                .map(each -> each.sold().amount().subtract(each.delivered().amount()))
                .orElse(BigDecimal.ZERO);
        BigDecimal clearing = loan().settlement().clearing().amount();
        if (due.signum() > 0 && chance(50)) {
            BigDecimal quantity = chance(70) ? due : part(due, SATOSHI);
            tell(
                    "coin delivered",
                    new LoanInput.CollateralDelivered(
                            head(), caseId, of(coin, chance(95) ? quantity : quantity.add(LOT))));
            return true;
        }
        if (due.signum() < 0 && chance(70)) {
            BigDecimal quantity = chance(80) ? due.negate() : part(due.negate(), SATOSHI);
            tell(
                    "coin returned",
                    new LoanInput.CollateralReturned(
                            head(), caseId, of(coin, chance(90) ? quantity : quantity.add(LOT))));
            return true;
        }
        if (clearing.signum() > 0) {
            BigDecimal amount = chance(70) ? clearing : part(clearing, CENT);
            tell(
                    "proceeds",
                    new LoanInput.SaleProceedsReceived(
                            head(), caseId, "wire-" + scene.facts(), usd(chance(95) ? amount : amount.add(CENT))));
            return true;
        }
        return false;
    }

    /** Answers once more for a case that ended, the same or something new. */
    private boolean answerForAnEndedCase() {
        int cases = loan().counters().cases();
        if (cases == 0) {
            return false;
        }
        String caseId = anyCase();
        boolean running =
                loan().openCase() != null && loan().openCase().caseId().equals(caseId);
        if (running) {
            return false;
        }
        switch (random.nextInt(4)) {
            case 0 ->
                ledger.tell("declined again", new LoanInput.LiquidationDeclined(caseId, 1, "INDEX_TOO_OLD", 1, 1));
            case 1 ->
                ledger.tell(
                        "acknowledged late",
                        new LoanInput.AmendmentAcknowledged(caseId, 1 + random.nextInt(3), BigDecimal.ZERO));
            case 2 -> {
                BigDecimal quantity = LOT.multiply(BigDecimal.valueOf(random.nextInt(40)));
                BigDecimal gross = quantity.multiply(new BigDecimal("9000")).setScale(2, RoundingMode.HALF_EVEN);
                ledger.tell(
                        "fill after the end",
                        new LoanInput.LiquidationSettled(
                                caseId,
                                1,
                                quantity,
                                gross,
                                gross.movePointLeft(3).setScale(2, RoundingMode.DOWN),
                                true));
            }
            default ->
                ledger.tell(
                        "nothing sold, again",
                        new LoanInput.LiquidationSettled(
                                caseId, 1, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, true));
        }
        return true;
    }

    boolean bustAfterClose() {
        if (ledger.sells()) {
            return false;
        }
        if (chance(40)) {
            return answerForAnEndedCase();
        }
        if (loan().closedCases().isEmpty()) {
            return false;
        }
        var closed = one(loan().closedCases());
        if (closed.cumQuantity().isZero() || chance(20)) {
            ledger.tell(
                    "settled again",
                    new LoanInput.LiquidationSettled(
                            closed.caseId(),
                            1,
                            closed.cumQuantity().amount(),
                            closed.cumGross().amount(),
                            closed.cumDeskFees().amount(),
                            true));
        } else {
            BigDecimal share = new BigDecimal(random.nextInt(100)).movePointLeft(2);
            ledger.tell(
                    "bust after close",
                    new LoanInput.LiquidationSettled(
                            closed.caseId(),
                            1,
                            closed.cumQuantity().amount().multiply(share).setScale(8, RoundingMode.HALF_EVEN),
                            closed.cumGross().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                            closed.cumDeskFees().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                            true));
        }
        return true;
    }
}
