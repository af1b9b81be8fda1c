package io.loanledger.benchmarks.report;

/** What became of one measure. Its name is lower case, in words joined by hyphens, and does not change from run to run. */
public sealed interface Finding {

    String name();

    /**
     * Measured beside a floor. The figure is the measured thing to its floor, or the other way round where the goal is about speed and the
     * figures are times.
     *
     * @param subject what was to be measured
     * @param floor the least that the job could cost
     * @param value the ratio that the goal is about
     */
    record Compared(String name, Series subject, Series floor, double value, Goal goal) implements Finding {

        /** Subject to floor. */
        public static Compared of(String name, Series subject, Series floor, Goal goal) {
            return new Compared(name, subject, floor, subject.to(floor), goal);
        }

        /** Of two times: how fast the subject is where the floor has speed one. */
        public static Compared asSpeed(String name, Series subject, Series floor, Goal goal) {
            return new Compared(name, subject, floor, floor.to(subject), goal);
        }
    }

    /** A figure whose goal is not a ratio. */
    record Absolute(String name, Series subject, Goal goal) implements Finding {}

    /** For information, without a goal. */
    record Stated(String name, Series subject) implements Finding {}

    /** Not measured, because this machine lacks something. */
    record Skipped(String name, Goal goal, String reason) implements Finding {}
}
