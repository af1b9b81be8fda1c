package io.loanledger.streams.wire;

import io.loanledger.core.loan.Charges;
import io.loanledger.core.loan.Part;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.WaterfallTerms;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Two ways to the same maps and strings: from the core's records by reflection, and from Avro's generic records. Written apart from the
 * codec, so that a field in the wrong place cannot agree with itself.
 */
final class PlainForm {
    /** Money that is null on the wire where there is none. */
    private static final Set<String> MOSTLY_NONE =
            Set.of("penalty", "stabilised", "costs", "penalties", "fee", "interestBefore");

    private PlainForm() {}

    static Object ofCore(Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal d -> d.toPlainString();
            case BigInteger i -> i.toString();
            case Instant t -> ChronoUnit.MICROS.between(Instant.EPOCH, t);
            case LocalDate d -> (int) d.toEpochDay();
            case Enum<?> e -> e.name();
            case Money m ->
                Map.of(
                        "amount",
                        m.amount().toPlainString(),
                        "asset",
                        m.currency().code());
            case Quantity q ->
                Map.of("amount", q.amount().toPlainString(), "asset", q.asset().code());
            case Asset a -> Map.of("code", a.code(), "scale", a.scale());
            case Entry e ->
                Map.of(
                        "account", e.account().name(),
                        "asset", e.asset().code(),
                        "amount", e.amount().toPlainString());
            case List<?> all -> all.stream().map(PlainForm::ofCore).toList();
            case Record r -> ofRecord(r);
            default -> value;
        };
    }

    static Map<String, Object> ofRecord(Record value) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                put(plain, value, component.getName(), component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a record without its accessor", e);
            }
        }
        return plain;
    }

    /** Where the wire and the core differ by design. */
    private static void put(Map<String, Object> plain, Record owner, String name, Object value) {
        if (value instanceof Duration seconds) {
            plain.put(name.equals("curePeriod") ? "cureSeconds" : name + "Seconds", seconds.toSeconds());
        } else if (value instanceof Quantity lot
                && (owner instanceof CollateralTerms || owner instanceof HaircutTier)) {
            plain.put(name, ofCore(lot.amount()));
        } else if (owner instanceof CollateralTerms taken && name.equals("tiers")) {
            plain.put("haircut", ofCore(taken.tiers().getFirst().haircut()));
            plain.put(name, ofCore(taken.tiers().subList(1, taken.tiers().size())));
        } else if (value instanceof Money money && owner instanceof ReleaseTerms) {
            plain.put(name, ofCore(money.amount()));
        } else if (value instanceof LiquidationTerms sale) {
            plain.put(name, ofSale(sale));
        } else if (value instanceof Money money && money.isZero() && MOSTLY_NONE.contains(name)) {
            plain.put(name, null);
        } else if (value instanceof Ladder ladder && owner instanceof ProductTerms terms) {
            plain.put("marginCall", ofCore(firstCall(ladder, terms)));
            plain.put("ladder", ladder.isSingleCall() ? null : steps(ladder));
        } else if (owner instanceof Rung && name.equals("share")) {
            plain.put(name, ((Fraction) value).isZero() ? null : ofCore(value));
        } else if (value instanceof Money part && owner instanceof Part) {
            plain.put(name, ofCore(part.amount()));
        } else if (value instanceof Charges charges) {
            plain.put("costs", charges.costs().isZero() ? null : ofCore(charges.costs()));
            plain.put("penalties", charges.penalties().isZero() ? null : ofCore(charges.penalties()));
            plain.put("penaltyDays", charges.penaltyDays().signum() == 0 ? null : ofCore(charges.penaltyDays()));
            plain.put("penaltiesPosted", charges.penaltiesPosted().isZero() ? null : ofCore(charges.penaltiesPosted()));
        } else if (value instanceof InterestTerms interest && owner instanceof ProductTerms terms) {
            plain.put("annualRate", ofCore(interest.rate() instanceof Rate.Annual a ? a.annual() : Fraction.ZERO));
            plain.put(
                    "dayCount",
                    isAgreed(terms) ? "IN_AGREEMENT" : interest.dayCount().name());
        } else if (value instanceof AgreementTerms agreed && owner instanceof ProductTerms terms) {
            plain.put("agreement", isAgreed(terms) ? ofAgreement(terms.interest(), agreed) : null);
        } else if (value instanceof Money money
                && (owner instanceof OriginationTerms
                        || owner instanceof ScheduleTerms
                        || owner instanceof LineTerms)) {
            plain.put(name, ofCore(money.amount()));
        } else if (owner instanceof Rate.Step && name.equals("annual")) {
            plain.put("annualRate", ofCore(value));
        } else {
            plain.put(name, ofCore(value));
        }
    }

    private static boolean isAgreed(ProductTerms terms) {
        return !terms.interest().isPlain() || !terms.agreed().isPlain();
    }

    private static Map<String, Object> ofAgreement(InterestTerms interest, AgreementTerms agreed) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("dayCount", interest.dayCount().name());
        plain.put("interest", interest.isPlain() ? null : ofInterest(interest));
        plain.put("waterfall", agreed.waterfall().equals(WaterfallTerms.PLAIN) ? null : ofCore(agreed.waterfall()));
        plain.put("origination", ofCore(agreed.origination()));
        plain.put("schedule", ofCore(agreed.schedule()));
        plain.put("onDefault", ofCore(agreed.onDefault()));
        plain.put("prepayment", ofCore(agreed.prepayment()));
        plain.put("line", ofCore(agreed.line()));
        plain.put("debtPrice", ofDebtPrice(agreed.debtPrice()));
        plain.put("substitution", ofCore(agreed.substitution()));
        return plain;
    }

    private static @Nullable Object ofDebtPrice(@Nullable DebtPrice debtPrice) {
        if (debtPrice == null) {
            return null;
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("market", debtPrice.market());
        Map<String, Object> quote = new LinkedHashMap<>();
        quote.put("code", debtPrice.quote().code());
        quote.put("scale", ofCore(debtPrice.quote().scale()));
        quote.put("caip19", "");
        plain.put("quote", quote);
        plain.put("flooredAtPeg", ofCore(debtPrice.flooredAtPeg()));
        return plain;
    }

    private static Map<String, Object> ofInterest(InterestTerms interest) {
        Rate rate = interest.rate();
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put(
                "kind",
                switch (rate) {
                    case Rate.Annual annual -> "ANNUAL_RATE";
                    case Rate.Stepped stepped -> "STEPPED";
                    case Rate.Floating floating -> "FLOATING";
                    case Rate.Kinked kinked -> "KINKED";
                });
        plain.put("compounding", interest.compounding().name());
        plain.put("steps", rate instanceof Rate.Stepped stepped ? ofCore(stepped.steps()) : List.of());
        plain.put("floating", rate instanceof Rate.Floating floating ? ofRecord(floating) : null);
        plain.put("kinked", rate instanceof Rate.Kinked kinked ? ofRecord(kinked) : null);
        return plain;
    }

    private static Map<String, Object> ofSale(LiquidationTerms sale) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("threshold", ofCore(sale.threshold()));
        plain.put("targetLtv", ofCore(sale.targetLtv()));
        plain.put("minimumResidualDebt", ofCore(sale.minimumResidualDebt().amount()));
        plain.put("feeRate", ofCore(sale.fee().rate()));
        plain.put("floorDiscount", ofCore(sale.floorDiscount()));
        Map<String, Object> beyond = new LinkedHashMap<>();
        beyond.put("plan", ofCore(sale.plan()));
        beyond.put("closeFactor", ofCore(sale.closeFactor()));
        beyond.put("feeBase", ofCore(sale.fee().base()));
        beyond.put("penaltyRate", ofCore(sale.penalty().rate()));
        beyond.put("penaltyBase", ofCore(sale.penalty().base()));
        beyond.put("reverseLtv", ofCore(sale.reverseLtv()));
        plain.put("sale", sale.isPlain() ? null : beyond);
        return plain;
    }

    private record FirstCall(
            Threshold threshold,
            Fraction cureLtv,
            Duration curePeriod,
            Duration factLag,
            Ladder.ClockStopper clockStopper) {}

    private static FirstCall firstCall(Ladder ladder, ProductTerms terms) {
        return ladder.rungs().stream()
                .filter(rung -> rung.action() == Rung.Action.CALL)
                .findFirst()
                .map(rung -> new FirstCall(
                        rung.threshold(), rung.level(), rung.period(), ladder.factLag(), ladder.clockStopper()))
                .orElseGet(() -> new FirstCall(
                        terms.liquidation().threshold(),
                        terms.liquidation().targetLtv(),
                        Duration.ZERO,
                        ladder.factLag(),
                        ladder.clockStopper()));
    }

    private static Object steps(Ladder ladder) {
        return Map.of(
                "rungs",
                ofCore(ladder.rungs()),
                "cureDwellSeconds",
                ladder.cureDwell().toSeconds(),
                "disputeSeconds",
                ladder.disputeWindow().toSeconds(),
                "answerSeconds",
                ladder.answerWindow().toSeconds());
    }

    static Object ofAvro(Object value) {
        return switch (value) {
            case GenericRecord record -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                for (Schema.Field field : record.getSchema().getFields()) {
                    plain.put(field.name(), ofAvro(record.get(field.pos())));
                }
                yield plain;
            }
            case List<?> all -> all.stream().map(PlainForm::ofAvro).toList();
            case GenericFixed fixed -> ChainHash.of(fixed.bytes()).toString();
            case CharSequence text -> text.toString();
            case null -> null;
            default ->
                value instanceof Integer || value instanceof Long || value instanceof Boolean
                        ? value
                        : value.toString();
        };
    }
}
