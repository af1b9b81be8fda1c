package io.loanledger.streams.wire;

import io.loanledger.core.loan.DebtIndex;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.WaterfallTerms;
import io.loanledger.events.DebtComponent;
import io.loanledger.events.ScheduleKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waterfall, fees, schedule, default and line in the journal, written and read. */
final class JournalSchedule {
    private static final EnumIndex<Component> COMPONENTS =
            EnumIndex.of(Component.class, DebtComponent.getClassSchema());
    private static final EnumIndex<ScheduleTerms.Kind> KINDS =
            EnumIndex.of(ScheduleTerms.Kind.class, ScheduleKind.getClassSchema());

    private JournalSchedule() {}

    static void write(JournalValueWriter out, AgreementTerms agreed) {
        WaterfallTerms waterfall = agreed.waterfall();
        if (out.branch(!waterfall.equals(WaterfallTerms.PLAIN))) {
            out.arrayOf(waterfall.order().size());
            waterfall.order().forEach(component -> out.number(COMPONENTS.of(component)));
            out.endOfArray();
            out.flag(waterfall.bucketByBucket());
            out.flag(waterfall.reapplies());
        }
        OriginationTerms origination = agreed.origination();
        if (out.branch(origination != null) && origination != null) {
            out.decimal(origination.fixed().amount());
            out.fraction(origination.rate());
        }
        ScheduleTerms schedule = agreed.schedule();
        if (out.branch(schedule != null) && schedule != null) {
            write(out, schedule);
        }
        DefaultTerms onDefault = agreed.onDefault();
        if (out.branch(onDefault != null) && onDefault != null) {
            out.number(onDefault.afterDays());
            out.decimal(onDefault.margin());
            out.flag(onDefault.accelerates());
            out.flag(onDefault.sells());
            out.flag(onDefault.cross());
        }
        PrepaymentTerms prepayment = agreed.prepayment();
        if (out.branch(prepayment != null) && prepayment != null) {
            out.fraction(prepayment.feeRate());
            out.number(prepayment.freeFromDay());
        }
        LineTerms line = agreed.line();
        if (out.branch(line != null) && line != null) {
            out.flag(line.revolving());
            out.decimal(line.minimumDraw().amount());
            OriginationTerms fee = line.drawFee();
            if (out.branch(fee != null) && fee != null) {
                out.decimal(fee.fixed().amount());
                out.fraction(fee.rate());
            }
        }
        DebtPrice debtPrice = agreed.debtPrice();
        if (out.branch(debtPrice != null) && debtPrice != null) {
            out.text(debtPrice.market());
            out.asset(debtPrice.quote());
            out.text("");
            out.flag(debtPrice.flooredAtPeg());
        }
        out.flag(agreed.substitution());
    }

    /** What a debt counted for in evidence. */
    static void write(JournalValueWriter out, @Nullable DebtIndex debt) {
        if (out.branch(debt != null) && debt != null) {
            out.asset(debt.quote());
            out.text(debt.market());
            out.number(debt.epoch());
            out.number(debt.sequence());
            out.instant(debt.priceTime());
            out.decimal(debt.measure());
        }
    }

    static DebtIndex debtIndex(JournalFields in) {
        return new DebtIndex(
                in.asset("quote"),
                in.text("market"),
                in.number("epoch"),
                in.number("sequence"),
                in.instant("priceTime"),
                in.decimal("measure"));
    }

    private static void write(JournalValueWriter out, ScheduleTerms schedule) {
        out.number(KINDS.of(schedule.kind()));
        out.number(schedule.everyDays());
        out.number(schedule.everyMonths());
        out.arrayOf(schedule.custom().size());
        for (ScheduleTerms.Planned planned : schedule.custom()) {
            out.number(planned.onDay());
            out.fraction(planned.principalShare());
        }
        out.endOfArray();
        out.number(schedule.graceDays());
        out.number(JournalValueWriter.seconds(schedule.factLag()));
        out.decimal(schedule.lateFee().amount());
        out.fraction(schedule.lateFeeRate());
    }

    /** @param in the fields of the agreement; null where there is none */
    static AgreementTerms read(@Nullable JournalFields in, Asset debtAsset) {
        if (in == null) {
            return AgreementTerms.PLAIN;
        }
        JournalFields waterfall = in.inOptional("waterfall");
        JournalFields origination = in.inOptional("origination");
        JournalFields schedule = in.inOptional("schedule");
        JournalFields onDefault = in.inOptional("onDefault");
        JournalFields prepayment = in.inOptional("prepayment");
        JournalFields line = in.inOptional("line");
        JournalFields debtPrice = in.inOptional("debtPrice");
        return AgreementTerms.PLAIN
                .withWaterfall(waterfall == null ? WaterfallTerms.PLAIN : waterfall(waterfall))
                .withOrigination(fee(origination, debtAsset))
                .withSchedule(schedule == null ? null : schedule(schedule, debtAsset))
                .withDefault(onDefault == null ? null : onDefault(onDefault))
                .withPrepayment(
                        prepayment == null
                                ? null
                                : new PrepaymentTerms(
                                        prepayment.fraction("feeRate"), prepayment.integer("freeFromDay")))
                .withLine(
                        line == null
                                ? null
                                : new LineTerms(
                                        line.flag("revolving"),
                                        new Money(line.decimal("minimumDraw"), debtAsset),
                                        fee(line.inOptional("drawFee"), debtAsset)))
                .withDebtPrice(
                        debtPrice == null
                                ? null
                                : new DebtPrice(
                                        debtPrice.text("market"),
                                        debtPrice.asset("quote"),
                                        debtPrice.flag("flooredAtPeg")))
                .withSubstitution(in.flag("substitution"));
    }

    private static DefaultTerms onDefault(JournalFields in) {
        return new DefaultTerms(
                in.integer("afterDays"),
                in.decimal("margin"),
                in.flag("accelerates"),
                in.flag("sells"),
                in.flag("cross"));
    }

    private static @Nullable OriginationTerms fee(@Nullable JournalFields in, Asset debtAsset) {
        return in == null ? null : new OriginationTerms(new Money(in.decimal("fixed"), debtAsset), in.fraction("rate"));
    }

    private static WaterfallTerms waterfall(JournalFields in) {
        List<Component> order =
                in.symbols("order").stream().map(Component::valueOf).toList();
        return new WaterfallTerms(order, in.flag("bucketByBucket"), in.flag("reapplies"));
    }

    private static ScheduleTerms schedule(JournalFields in, Asset debtAsset) {
        return new ScheduleTerms(
                ScheduleTerms.Kind.valueOf(in.text("kind")),
                in.integer("everyDays"),
                in.integer("everyMonths"),
                in.each(
                        "custom",
                        planned -> new ScheduleTerms.Planned(
                                planned.integer("onDay"), planned.fraction("principalShare"))),
                in.integer("graceDays"),
                Duration.ofSeconds(in.number("factLagSeconds")),
                new Money(in.decimal("lateFee"), debtAsset),
                in.fraction("lateFeeRate"));
    }
}
