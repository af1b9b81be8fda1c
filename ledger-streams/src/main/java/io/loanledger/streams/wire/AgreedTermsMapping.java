package io.loanledger.streams.wire;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
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
import io.loanledger.streams.wire.MappedInput.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waterfall, fee of the payout, schedule and default from the wire. What contradicts itself throws {@link IllegalArgumentException}. */
final class AgreedTermsMapping {
    private AgreedTermsMapping() {}

    static AgreementTerms agreed(
            io.loanledger.events.@Nullable AgreementTerms record, Asset debtAsset, Problems problems) {
        if (record == null) {
            return AgreementTerms.PLAIN;
        }
        io.loanledger.events.WaterfallTerms waterfall = record.getWaterfall();
        io.loanledger.events.OriginationTerms origination = record.getOrigination();
        io.loanledger.events.ScheduleTerms schedule = record.getSchedule();
        io.loanledger.events.DefaultTerms onDefault = record.getOnDefault();
        io.loanledger.events.PrepaymentTerms prepayment = record.getPrepayment();
        io.loanledger.events.LineTerms line = record.getLine();
        return AgreementTerms.PLAIN
                .withWaterfall(waterfall == null ? WaterfallTerms.PLAIN : waterfall(waterfall, problems))
                .withOrigination(
                        origination == null
                                ? null
                                : new OriginationTerms(
                                        new Money(
                                                problems.number("origination.fixed", origination.getFixed()),
                                                debtAsset),
                                        fraction("origination.rate", origination.getRate(), problems)))
                .withSchedule(schedule == null ? null : schedule(schedule, debtAsset, problems))
                .withDefault(onDefault == null ? null : onDefault(onDefault, problems))
                .withPrepayment(
                        prepayment == null
                                ? null
                                : new PrepaymentTerms(
                                        fraction("prepayment.feeRate", prepayment.getFeeRate(), problems),
                                        prepayment.getFreeFromDay()))
                .withLine(line == null ? null : line(line, debtAsset, problems))
                .withDebtPrice(debtPrice(record.getDebtPrice(), problems))
                .withSubstitution(record.getSubstitution());
    }

    private static DefaultTerms onDefault(io.loanledger.events.DefaultTerms record, Problems problems) {
        return new DefaultTerms(
                record.getAfterDays(),
                problems.number("onDefault.margin", record.getMargin()),
                record.getAccelerates(),
                record.getSells(),
                record.getCross());
    }

    private static LineTerms line(io.loanledger.events.LineTerms record, Asset debtAsset, Problems problems) {
        io.loanledger.events.OriginationTerms fee = record.getDrawFee();
        return new LineTerms(
                record.getRevolving(),
                new Money(problems.number("line.minimumDraw", record.getMinimumDraw()), debtAsset),
                fee == null
                        ? null
                        : new OriginationTerms(
                                new Money(problems.number("line.drawFee.fixed", fee.getFixed()), debtAsset),
                                fraction("line.drawFee.rate", fee.getRate(), problems)));
    }

    private static @Nullable DebtPrice debtPrice(io.loanledger.events.@Nullable DebtPrice record, Problems problems) {
        return record == null
                ? null
                : new DebtPrice(
                        problems.id("debtPrice.market", record.getMarket()),
                        new Asset(record.getQuote().getCode(), record.getQuote().getScale()),
                        record.getFlooredAtPeg());
    }

    private static WaterfallTerms waterfall(io.loanledger.events.WaterfallTerms record, Problems problems) {
        List<Component> order = record.getOrder().stream()
                .map(component -> component(component, problems))
                .toList();
        return new WaterfallTerms(order, record.getBucketByBucket(), record.getReapplies());
    }

    private static Component component(DebtComponent component, Problems problems) {
        return switch (component) {
            case COSTS -> Component.COSTS;
            case PENALTIES -> Component.PENALTIES;
            case FEES -> Component.FEES;
            case INTEREST -> Component.INTEREST;
            case PRINCIPAL -> Component.PRINCIPAL;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "waterfall.order has UNKNOWN");
                yield Component.COSTS;
            }
        };
    }

    private static ScheduleTerms schedule(
            io.loanledger.events.ScheduleTerms record, Asset debtAsset, Problems problems) {
        return new ScheduleTerms(
                kind(record, problems),
                record.getEveryDays(),
                record.getEveryMonths(),
                record.getCustom().stream()
                        .map(planned -> new ScheduleTerms.Planned(
                                planned.getOnDay(),
                                fraction("schedule.custom.principalShare", planned.getPrincipalShare(), problems)))
                        .toList(),
                record.getGraceDays(),
                Duration.ofSeconds(record.getFactLagSeconds()),
                new Money(problems.number("schedule.lateFee", record.getLateFee()), debtAsset),
                fraction("schedule.lateFeeRate", record.getLateFeeRate(), problems));
    }

    private static ScheduleTerms.Kind kind(io.loanledger.events.ScheduleTerms record, Problems problems) {
        return switch (record.getKind()) {
            case BULLET -> ScheduleTerms.Kind.BULLET;
            case INTEREST_ONLY -> ScheduleTerms.Kind.INTEREST_ONLY;
            case ANNUITY -> ScheduleTerms.Kind.ANNUITY;
            case EQUAL_PRINCIPAL -> ScheduleTerms.Kind.EQUAL_PRINCIPAL;
            case CUSTOM -> ScheduleTerms.Kind.CUSTOM;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "schedule.kind is UNKNOWN");
                yield ScheduleTerms.Kind.BULLET;
            }
        };
    }

    private static Fraction fraction(String field, io.loanledger.events.Fraction record, Problems problems) {
        BigInteger numerator =
                problems.number(field + ".numerator", record.getNumerator()).toBigIntegerExact();
        return new Fraction(
                numerator,
                problems.number(field + ".denominator", record.getDenominator()).toBigIntegerExact());
    }
}
