package io.loanledger.core.terms;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;

/**
 * When and how much of its coin a borrower may have back while the loan runs.
 *
 * @param belowLtv the ratio before the release is strictly under it
 * @param backToLtv the ratio after the release is at or under it
 * @param least the released coin is worth at least this at the newest price
 * @param most and at most this
 * @param notBeforeDays strictly more than this many days after the disbursement's value date, and strictly before the maturity date
 * @param intervalDays at least this many days after the day of the last release that was granted; 0 for as often as wanted
 */
public record ReleaseTerms(
        Fraction belowLtv, Fraction backToLtv, Money least, Money most, int notBeforeDays, int intervalDays) {
    public ReleaseTerms {
        if (belowLtv.isZero() || backToLtv.isZero()) {
            throw new IllegalArgumentException("nothing could be released under " + belowLtv + " to " + backToLtv);
        }
        if (least.isNegative() || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("a release is worth " + least + " to " + most);
        }
        if (notBeforeDays < 0
                || intervalDays < 0
                || notBeforeDays > ProductTerms.LONGEST_TERM_DAYS
                || intervalDays > ProductTerms.LONGEST_TERM_DAYS) {
            throw new IllegalArgumentException(
                    "days before and between releases are 0 to " + ProductTerms.LONGEST_TERM_DAYS);
        }
    }
}
