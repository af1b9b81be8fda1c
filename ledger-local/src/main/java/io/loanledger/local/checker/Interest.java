package io.loanledger.local.checker;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which rate a day bears, and whether interest bears interest. Rates but the plain annual one are decimals.
 *
 * @param rateId of a floating or kinked rate, empty for others
 * @param periods in a day that interest compounds; 0 for simple interest
 */
record Interest(
        String kind,
        int periods,
        List<Step> steps,
        String rateId,
        BigDecimal spread,
        BigDecimal floor,
        @Nullable BigDecimal cap,
        @Nullable Kink kink) {
    static final Interest PLAIN = new Interest("ANNUAL_RATE", 0, List.of(), "", ZERO, ZERO, null, null);
    private static final int KINKED_PLACES = 18;

    /** A rate from a day on, counted from the payout. */
    record Step(int fromDay, BigDecimal rate) {}

    /** A curve over the utilisation that bends once. */
    record Kink(BigDecimal base, BigDecimal toKink, BigDecimal at, BigDecimal beyond) {
        BigDecimal at(BigDecimal utilisation) {
            BigDecimal used = utilisation.max(ZERO).min(ONE);
            BigDecimal rest = ONE.subtract(at);
            // Over one denominator, at x (1 - at), so that it is rounded once.
            BigDecimal rising = toKink.multiply(used.min(at)).multiply(rest);
            BigDecimal steep = beyond.multiply(used.subtract(at).max(ZERO)).multiply(at);
            return base.multiply(at)
                    .multiply(rest)
                    .add(rising)
                    .add(steep)
                    .divide(at.multiply(rest), KINKED_PLACES, RoundingMode.HALF_EVEN);
        }
    }

    static Interest read(@Nullable GenericRecord agreement) {
        GenericRecord record = agreement == null ? null : Terms.part(agreement, "interest");
        if (record == null) {
            return PLAIN;
        }
        GenericRecord floating = Terms.part(record, "floating");
        GenericRecord kinked = Terms.part(record, "kinked");
        GenericRecord series = floating == null ? kinked : floating;
        return new Interest(
                record.get("kind").toString(),
                periods(record.get("compounding").toString()),
                Terms.parts(record, "steps").stream()
                        .map(step -> new Step(Terms.number(step, "fromDay", 0), decimal(step, "annualRate")))
                        .toList(),
                series == null ? "" : series.get("rateId").toString(),
                floating == null ? ZERO : decimal(floating, "spread"),
                floating == null ? ZERO : decimal(floating, "floor"),
                floating == null || Terms.field(floating, "cap") == null ? null : decimal(floating, "cap"),
                kinked == null
                        ? null
                        : new Kink(
                                decimal(kinked, "base"),
                                decimal(kinked, "toKink"),
                                decimal(kinked, "kink"),
                                decimal(kinked, "beyond")));
    }

    private static int periods(String compounding) {
        return switch (compounding) {
            case "DAILY" -> 1;
            case "PER_SECOND" -> 86_400;
            default -> 0;
        };
    }

    /** Equal numbers are equal, however many places they are written with. */
    private static BigDecimal decimal(GenericRecord record, String name) {
        Ratio ratio = Terms.rate(record, name);
        return ratio.over().divide(ratio.under()).stripTrailingZeros();
    }

    boolean isAnnual() {
        return kind.equals("ANNUAL_RATE");
    }

    boolean isOfASeries() {
        return !rateId.isEmpty();
    }

    boolean compounds() {
        return periods > 0;
    }
}
