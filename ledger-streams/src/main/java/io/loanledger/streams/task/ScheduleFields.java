package io.loanledger.streams.task;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.WaterfallTerms;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Waterfall, fee of the payout, schedule and default, as task-state keeps them. */
final class ScheduleFields {
    private ScheduleFields() {}

    static void write(DataOutputStream out, AgreementTerms agreed) throws IOException {
        WaterfallTerms waterfall = agreed.waterfall();
        out.writeInt(waterfall.order().size());
        for (Component component : waterfall.order()) {
            out.writeUTF(component.name());
        }
        out.writeBoolean(waterfall.bucketByBucket());
        out.writeBoolean(waterfall.reapplies());
        OriginationTerms origination = agreed.origination();
        out.writeBoolean(origination != null);
        if (origination != null) {
            StateFields.write(out, origination.fixed().amount());
            StateFields.write(out, origination.rate());
        }
        ScheduleTerms schedule = agreed.schedule();
        out.writeBoolean(schedule != null);
        if (schedule != null) {
            write(out, schedule);
        }
        DefaultTerms onDefault = agreed.onDefault();
        out.writeBoolean(onDefault != null);
        if (onDefault != null) {
            out.writeInt(onDefault.afterDays());
            StateFields.write(out, onDefault.margin());
            out.writeBoolean(onDefault.accelerates());
            out.writeBoolean(onDefault.sells());
            out.writeBoolean(onDefault.cross());
        }
        LineFields.write(out, agreed);
        DebtPrice debtPrice = agreed.debtPrice();
        out.writeBoolean(debtPrice != null);
        if (debtPrice != null) {
            out.writeUTF(debtPrice.market());
            StateFields.write(out, debtPrice.quote());
            out.writeBoolean(debtPrice.flooredAtPeg());
        }
        out.writeBoolean(agreed.substitution());
    }

    private static void write(DataOutputStream out, ScheduleTerms schedule) throws IOException {
        out.writeUTF(schedule.kind().name());
        out.writeInt(schedule.everyDays());
        out.writeInt(schedule.everyMonths());
        out.writeInt(schedule.custom().size());
        for (ScheduleTerms.Planned planned : schedule.custom()) {
            out.writeInt(planned.onDay());
            StateFields.write(out, planned.principalShare());
        }
        out.writeInt(schedule.graceDays());
        StateFields.write(out, schedule.factLag());
        StateFields.write(out, schedule.lateFee().amount());
        StateFields.write(out, schedule.lateFeeRate());
    }

    static AgreementTerms read(DataInputStream in, Asset debtAsset) throws IOException {
        List<Component> order = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            order.add(Component.valueOf(in.readUTF()));
        }
        WaterfallTerms waterfall = new WaterfallTerms(order, in.readBoolean(), in.readBoolean());
        OriginationTerms origination = in.readBoolean()
                ? new OriginationTerms(new Money(StateFields.decimal(in), debtAsset), StateFields.fraction(in))
                : null;
        AgreementTerms agreed = AgreementTerms.PLAIN
                .withWaterfall(waterfall)
                .withOrigination(origination)
                .withSchedule(in.readBoolean() ? schedule(in, debtAsset) : null)
                .withDefault(in.readBoolean() ? onDefault(in) : null);
        return LineFields.read(in, agreed, debtAsset)
                .withDebtPrice(
                        in.readBoolean() ? new DebtPrice(in.readUTF(), StateFields.asset(in), in.readBoolean()) : null)
                .withSubstitution(in.readBoolean());
    }

    private static DefaultTerms onDefault(DataInputStream in) throws IOException {
        return new DefaultTerms(
                in.readInt(), StateFields.decimal(in), in.readBoolean(), in.readBoolean(), in.readBoolean());
    }

    private static ScheduleTerms schedule(DataInputStream in, Asset debtAsset) throws IOException {
        ScheduleTerms.Kind kind = ScheduleTerms.Kind.valueOf(in.readUTF());
        int everyDays = in.readInt();
        int everyMonths = in.readInt();
        List<ScheduleTerms.Planned> custom = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            custom.add(new ScheduleTerms.Planned(in.readInt(), StateFields.fraction(in)));
        }
        return new ScheduleTerms(
                kind,
                everyDays,
                everyMonths,
                custom,
                in.readInt(),
                StateFields.duration(in),
                new Money(StateFields.decimal(in), debtAsset),
                StateFields.fraction(in));
    }
}
