package io.loanledger.core.model;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.OtherCoin;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.ProductTerms;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision says of its prices is so: its records are the newest of their markets, every coin counts for what its terms and its
 * market's add-on leave of it, the debt for its market's price, and the ratio follows from these to the cent. A limit that is said to be met
 * is met.
 */
final class EvidenceHolds implements Stage.Witness {
    @Override
    public void hears(Stage.Told told) {
        Loan before = told.before();
        for (Decision.Step step : told.steps()) {
            PriceEvidence evidence = of(step.event());
            if (evidence != null) {
                try {
                    check(step.event(), evidence, step.after().terms().terms(), told.world());
                    Threshold stated = StatedLimit.of(step.event(), told.input(), before);
                    say(stated == null || stated.equals(evidence.threshold()), "not the limit " + stated);
                } catch (AssertionError failure) {
                    throw new AssertionError(failure.getMessage() + " in " + step.event(), failure);
                }
            }
            before = step.after();
        }
    }

    /** Of whatever event. */
    static @Nullable PriceEvidence of(LoanEvent event) {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            if (component.getType() == PriceEvidence.class) {
                try {
                    return (PriceEvidence) component.getAccessor().invoke(event);
                } catch (ReflectiveOperationException impossible) {
                    throw new LinkageError(impossible.getMessage(), impossible);
                }
            }
        }
        return null;
    }

    private static void check(LoanEvent event, PriceEvidence evidence, ProductTerms terms, World world) {
        List<String> markets = new ArrayList<>();
        BigDecimal value = evidence.stabilised() == null
                ? BigDecimal.ZERO
                : evidence.stabilised().amount();
        for (OtherCoin other : evidence.others()) {
            IndexPrice newest = newest(world, other.market());
            say(newest.epoch() == other.epoch() && newest.sequence() == other.sequence(), "another record of " + other);
            say(newest.priceTime().equals(other.priceTime()), "another time of " + other);
            same(newest.price(), other.price(), "price of " + other);
            same(counted(terms, other.pledged(), other.market(), world), other.counted(), "counted of " + other);
            value = value.add(other.price().multiply(other.counted()));
            markets.add(other.market());
        }
        say(markets.equals(inOrder(terms, markets)), "others in the order of the terms");
        String own = evidence.index().market();
        say(!markets.contains(own), own + " is told of twice");
        say(evidence.index().equals(newest(world, own)), "an older record of " + own);
        BigDecimal counts = counted(terms, evidence.collateral(), own, world);
        if (evidence.counted() != null) {
            same(counts, evidence.counted(), "counted");
        }
        same(world.addOn(own), evidence.addOn() == null ? BigDecimal.ZERO : evidence.addOn(), "add-on");
        say(evidence.addOn() == null || evidence.counted() != null, "with an add-on it says what counted");
        value = value.add(evidence.index().price().multiply(counts));
        ratio(evidence, value, measure(evidence, terms, world));
        boolean isBreach = event instanceof LoanEvent.LiquidationRequested
                || event instanceof LoanEvent.MarginCallIssued
                || event instanceof LoanEvent.MarginCallAccelerated
                || event instanceof LoanEvent.MarginNoticeIssued;
        say(!isBreach || isMet(evidence), "the limit is not met");
    }

    /** exposure x measure / value, the exposure to half a cent. */
    private static void ratio(PriceEvidence evidence, BigDecimal value, BigDecimal measure) {
        if (evidence.denominator().signum() == 0 || value.signum() == 0) {
            say(evidence.denominator().signum() == 0 && value.signum() == 0, "worth nothing");
            return;
        }
        BigDecimal said = evidence.numerator().multiply(value);
        BigDecimal whole = evidence.denominator().multiply(measure);
        BigDecimal off = said.subtract(evidence.exposure().amount().multiply(whole));
        BigDecimal halfACent = BigDecimal.ONE
                .movePointLeft(evidence.exposure().currency().scale())
                .divide(BigDecimal.TWO);
        say(off.abs().compareTo(whole.multiply(halfACent)) <= 0, "the ratio is another one");
    }

    private static BigDecimal measure(PriceEvidence evidence, ProductTerms terms, World world) {
        DebtPrice rule = terms.agreed().debtPrice();
        if (rule == null) {
            say(evidence.debt() == null, "the debt is its own measure");
            return BigDecimal.ONE;
        }
        say(evidence.debt() != null, "what the debt counted for");
        IndexPrice newest = newest(world, rule.market());
        say(evidence.debt().market().equals(rule.market()), "the debt's market");
        say(evidence.debt().quote().equals(rule.quote()), "the debt's quote");
        say(
                evidence.debt().epoch() == newest.epoch()
                        && evidence.debt().sequence() == newest.sequence()
                        && evidence.debt().priceTime().equals(newest.priceTime()),
                "an older record of the debt's market");
        BigDecimal measure = rule.flooredAtPeg() ? newest.price().max(BigDecimal.ONE) : newest.price();
        same(measure, evidence.debt().measure(), "measure");
        return measure;
    }

    private static boolean isMet(PriceEvidence evidence) {
        Threshold limit = evidence.threshold();
        int order = evidence.denominator().signum() == 0
                ? evidence.numerator().signum()
                : evidence.numerator()
                        .multiply(new BigDecimal(limit.ltv().denominator()))
                        .compareTo(evidence.denominator()
                                .multiply(new BigDecimal(limit.ltv().numerator())));
        return limit.comparator() == Threshold.Comparator.REACHES ? order >= 0 : order > 0;
    }

    private static BigDecimal counted(ProductTerms terms, Quantity pledged, String market, World world) {
        CollateralTerms coin = terms.collateral().stream()
                .filter(taken -> taken.asset().equals(pledged.asset()))
                .findFirst()
                .orElseThrow();
        say(coin.market().equals(market), pledged + " at a price of " + market);
        return new NaiveCoin(coin, true)
                .counted(pledged.amount())
                .multiply(BigDecimal.ONE.subtract(world.addOn(market)));
    }

    private static List<String> inOrder(ProductTerms terms, List<String> markets) {
        return terms.collateral().stream()
                .map(CollateralTerms::market)
                .filter(markets::contains)
                .toList();
    }

    private static IndexPrice newest(World world, String market) {
        IndexPrice newest = world.price(market);
        say(newest != null && newest.price() != null, "no price of " + market);
        return newest;
    }

    private static void same(BigDecimal expected, BigDecimal said, String what) {
        say(expected.compareTo(said) == 0, what + ": " + said.toPlainString() + ", not " + expected.toPlainString());
    }

    private static void say(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("evidence: " + what);
        }
    }
}
