package io.loanledger.streams.task;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Rate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Interest that is not simple at one annual rate, as task-state keeps it behind annual rate and day count. */
final class RateFields {
    private static final byte ANNUAL = 0;
    private static final byte STEPPED = 1;
    private static final byte FLOATING = 2;
    private static final byte KINKED = 3;

    private RateFields() {}

    static void write(DataOutputStream out, InterestTerms interest) throws IOException {
        out.writeUTF(interest.compounding().name());
        switch (interest.rate()) {
            case Rate.Annual annual -> out.writeByte(ANNUAL); // stands with the terms
            case Rate.Stepped stepped -> {
                out.writeByte(STEPPED);
                out.writeInt(stepped.steps().size());
                for (Rate.Step step : stepped.steps()) {
                    out.writeInt(step.fromDay());
                    StateFields.write(out, step.annual());
                }
            }
            case Rate.Floating floating -> {
                out.writeByte(FLOATING);
                out.writeUTF(floating.rateId());
                StateFields.write(out, floating.spread());
                StateFields.write(out, floating.floor());
                StateFields.writeOptional(out, floating.cap());
            }
            case Rate.Kinked kinked -> {
                out.writeByte(KINKED);
                out.writeUTF(kinked.rateId());
                StateFields.write(out, kinked.base());
                StateFields.write(out, kinked.toKink());
                StateFields.write(out, kinked.kink());
                StateFields.write(out, kinked.beyond());
            }
        }
    }

    static InterestTerms read(DataInputStream in, Fraction annualRate, DayCount dayCount) throws IOException {
        Compounding compounding = Compounding.valueOf(in.readUTF());
        byte kind = in.readByte();
        Rate rate = switch (kind) {
            case ANNUAL -> new Rate.Annual(annualRate);
            case STEPPED -> new Rate.Stepped(steps(in));
            case FLOATING ->
                new Rate.Floating(
                        in.readUTF(),
                        StateFields.decimal(in),
                        StateFields.decimal(in),
                        StateFields.optionalDecimal(in));
            case KINKED ->
                new Rate.Kinked(
                        in.readUTF(),
                        StateFields.decimal(in),
                        StateFields.decimal(in),
                        StateFields.decimal(in),
                        StateFields.decimal(in));
            default -> throw new IllegalStateException("TaskState: a rate of kind " + kind + " is not known here");
        };
        return new InterestTerms(rate, dayCount, compounding);
    }

    private static List<Rate.Step> steps(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Rate.Step> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            steps.add(new Rate.Step(in.readInt(), StateFields.decimal(in)));
        }
        return steps;
    }
}
