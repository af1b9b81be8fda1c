package io.loanledger.local.checker;

import java.time.LocalDate;
import java.time.Year;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * How a product counts days and debt, read from the lender's record or from the journal. What a journal from before these fields leaves out
 * was actual days over 365, on what is outstanding.
 *
 * @param days the day count's symbol
 * @param basis the exposure basis' symbol
 * @param termDays days to the maturity, 0 for none, -1 where the journal does not say
 */
record Agreed(String days, String basis, int termDays) {
    static final int NOT_SAID = -1;

    static Agreed read(GenericRecord record) {
        GenericRecord agreement = Terms.part(record, "agreement");
        return new Agreed(
                Terms.text(agreement == null ? record : agreement, "dayCount", "ACT_365F"),
                Terms.text(record, "exposureBasis", "OUTSTANDING"),
                Terms.number(record, "termDays", NOT_SAID));
    }

    boolean sameAs(Agreed other) {
        return days.equals(other.days)
                && basis.equals(other.basis)
                && (termDays == other.termDays || termDays == NOT_SAID || other.termDays == NOT_SAID);
    }

    boolean ofPrincipal() {
        return basis.equals("PRINCIPAL");
    }

    boolean ofTotalObligation() {
        return basis.equals("TOTAL_OBLIGATION");
    }

    /** The due day of a loan paid out on a day, or null. */
    @Nullable
    Integer maturity(int startedOn) {
        return termDays <= 0 || startedOn == Loan.NO_DAY ? null : (Integer) (startedOn + termDays);
    }

    /** What a whole year is worth. */
    int year() {
        return switch (days) {
            case "ACT_365F" -> 365;
            case "ACT_360", "THIRTY_360", "THIRTY_E_360" -> 360;
            case "ACT_ACT_ISDA" -> 365 * 366;
            default -> throw new IllegalArgumentException("no such day count: " + days);
        };
    }

    /** What a loan that started on a day has run through another, in parts of {@link #year}. */
    long run(int start, int day) {
        return switch (days) {
            case "ACT_365F", "ACT_360" -> (long) day - start;
            case "ACT_ACT_ISDA" -> eachYear(start, day);
            case "THIRTY_360", "THIRTY_E_360" -> thirties(LocalDate.ofEpochDay(start), LocalDate.ofEpochDay(day));
            default -> throw new IllegalArgumentException("no such day count: " + days);
        };
    }

    /** Year by year: its days over its own length. */
    private static long eachYear(int start, int day) {
        long sum = 0;
        int from = start;
        while (from < day) {
            int year = LocalDate.ofEpochDay(from).getYear();
            int to = (int) Math.min(day, LocalDate.of(year + 1, 1, 1).toEpochDay());
            sum += (long) (to - from) * (Year.isLeap(year) ? 365 : 366);
            from = to;
        }
        return sum;
    }

    private long thirties(LocalDate start, LocalDate end) {
        int first = start.getDayOfMonth() == 31 ? 30 : start.getDayOfMonth();
        int last = end.getDayOfMonth();
        if (last == 31 && (days.equals("THIRTY_E_360") || first == 30)) {
            last = 30;
        }
        return 30L * (12L * (end.getYear() - start.getYear()) + end.getMonthValue() - start.getMonthValue())
                + last
                - first;
    }
}
