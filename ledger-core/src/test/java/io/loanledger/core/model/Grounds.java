package io.loanledger.core.model;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.terms.DebtPrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a decision at a price rested on beside the price of one coin, in words, for the tables of a run. */
final class Grounds {
    private Grounds() {}

    /** @param before the loan right before the event */
    static List<String> of(LoanEvent event, LoanInput input, Loan before) {
        List<String> grounds = new ArrayList<>();
        PriceEvidence evidence = EvidenceHolds.of(event);
        if (evidence != null) {
            if (evidence.debt() != null) {
                grounds.add("at the debt's price");
                if (input instanceof LoanInput.PriceObserved at
                        && at.index().market().equals(evidence.debt().market())) {
                    grounds.add("by the debt's price");
                }
                if (isFloored(evidence, before)) {
                    grounds.add("at the debt's peg");
                }
            }
            if (evidence.addOn() != null) {
                grounds.add("with an add-on");
            }
            if (!evidence.others().isEmpty()) {
                grounds.add("beside other coin");
            }
        }
        if (event instanceof LoanEvent.LiquidationRequested && input instanceof LoanInput.LiquidationSettled) {
            grounds.add("of the next coin");
        }
        if (event instanceof LoanEvent.SaleSettled
                && before.terms().terms().agreed().debtPrice() != null) {
            grounds.add("turned into the debt's currency");
        }
        return grounds;
    }

    private static boolean isFloored(PriceEvidence evidence, Loan before) {
        DebtPrice rule = before.terms().terms().agreed().debtPrice();
        return rule != null && rule.flooredAtPeg() && evidence.debt().measure().compareTo(BigDecimal.ONE) == 0;
    }
}
