package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/**
 * The thresholds under the hard one, lowest first, and the times that go with them, microseconds. Terms from before ladders have one rung, a
 * call.
 */
record Ladder(
        List<Rung> rungs,
        long factLagMicros,
        boolean stopsAtDetection,
        long dwellMicros,
        long disputeMicros,
        long answerMicros) {
    /** In place of a rung: the hard threshold, or none at all. */
    static final int NONE = 0;

    /**
     * @param number from 1 on
     * @param action NOTICE, CALL or SELL
     * @param level at or under which a call is cured, a notice or a band forgotten
     * @param periodMicros of a call; 0 for a call without a clock
     * @param share of the pledged coin that a band sells
     */
    record Rung(int number, Limit limit, String action, Ratio level, long periodMicros, Ratio share) {
        boolean is(String what) {
            return action.equals(what);
        }
    }

    static final String NOTICE = "NOTICE";
    static final String CALL = "CALL";
    static final String SELL = "SELL";

    static Ladder read(GenericRecord record) {
        GenericRecord call = (GenericRecord) record.get("marginCall");
        GenericRecord ladder = Terms.part(record, "ladder");
        List<Rung> rungs = new ArrayList<>();
        if (ladder == null) {
            rungs.add(new Rung(
                    1,
                    Limit.read((GenericRecord) call.get("threshold")),
                    CALL,
                    Ratio.read((GenericRecord) call.get("cureLtv")),
                    Terms.micros(call, "cureSeconds", 0),
                    Ratio.ZERO));
        } else {
            for (GenericRecord rung : Terms.parts(ladder, "rungs")) {
                rungs.add(new Rung(
                        rungs.size() + 1,
                        Limit.read((GenericRecord) rung.get("threshold")),
                        rung.get("action").toString(),
                        Terms.rate(rung, "level"),
                        Terms.micros(rung, "periodSeconds", 0),
                        Terms.rate(rung, "share", Ratio.ZERO)));
            }
        }
        return new Ladder(
                List.copyOf(rungs),
                Terms.micros(call, "factLagSeconds", 0),
                call.get("clockStopper").toString().equals("DETECTED"),
                ladder == null ? 0 : Terms.micros(ladder, "cureDwellSeconds", 0),
                ladder == null ? 0 : Terms.micros(ladder, "disputeSeconds", 0),
                ladder == null ? 0 : Terms.micros(ladder, "answerSeconds", 0));
    }

    Rung rung(int number) {
        return rungs.get(number - 1);
    }
}
