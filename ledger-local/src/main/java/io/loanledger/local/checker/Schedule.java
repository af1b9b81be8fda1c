package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * How an agreement is paid back.
 *
 * @param everyDays 0 where it is every so many months, as everyMonths
 * @param lateFee fixed, beside a share of what is overdue
 */
record Schedule(
        String kind,
        int everyDays,
        int everyMonths,
        List<Planned> custom,
        int graceDays,
        long factLagMicros,
        BigDecimal lateFee,
        Ratio lateFeeRate) {
    static final String BULLET = "BULLET";
    static final String EQUAL_PRINCIPAL = "EQUAL_PRINCIPAL";
    static final String ANNUITY = "ANNUITY";
    static final String CUSTOM = "CUSTOM";

    /** A share of the principal, so many days after the payout. */
    record Planned(int onDay, Ratio share) {}

    static @Nullable Schedule read(@Nullable GenericRecord record) {
        if (record == null) {
            return null;
        }
        return new Schedule(
                record.get("kind").toString(),
                Terms.number(record, "everyDays", 0),
                Terms.number(record, "everyMonths", 0),
                Terms.parts(record, "custom").stream()
                        .map(each -> new Planned(Terms.number(each, "onDay", 0), Terms.rate(each, "principalShare")))
                        .toList(),
                Terms.number(record, "graceDays", 0),
                Terms.micros(record, "factLagSeconds", 0),
                new BigDecimal(Terms.text(record, "lateFee", "0")).stripTrailingZeros(),
                Terms.rate(record, "lateFeeRate", Ratio.ZERO));
    }

    boolean is(String which) {
        return kind.equals(which);
    }

    boolean chargesLateFees() {
        return lateFee.signum() != 0 || !lateFeeRate.isZero();
    }

    /** Whether principal is paid back before the end. */
    boolean amortises() {
        return is(EQUAL_PRINCIPAL) || is(ANNUITY) || is(CUSTOM);
    }
}
