package io.loanledger.core.terms;

import java.math.BigDecimal;

/**
 * When a borrower is in default, and what follows from it.
 *
 * @param afterDays whole days after the due date of an instalment after which it puts the loan into default, when it is not paid
 * @param margin what a year of default costs on top of the interest, as a share of principal; a decimal, 0 for nothing
 * @param accelerates whether all that is owed falls due
 * @param sells whether collateral is sold until nothing is owed
 * @param cross whether the default of one loan is the default of the borrower's others
 */
public record DefaultTerms(int afterDays, BigDecimal margin, boolean accelerates, boolean sells, boolean cross) {
    /** Ten years: beyond it no instalment is waited for. */
    public static final int LONGEST_DAYS = 3_650;

    public DefaultTerms {
        if (afterDays < 0 || afterDays > LONGEST_DAYS) {
            throw new IllegalArgumentException("0 to " + LONGEST_DAYS + " days to default, not " + afterDays);
        }
        margin = Rate.stated(margin);
        if (sells && !accelerates) {
            throw new IllegalArgumentException("a sale clears all of the debt: it has to be due");
        }
    }

    /** Whether a day of default costs anything. */
    public boolean charges() {
        return margin.signum() > 0;
    }
}
