package io.loanledger.core.model;

import io.loanledger.core.loan.ChargeKind;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What an order of facts ended in, as it is compared with what another order of the same facts ended in. */
record Ended(Play play) {
    private Loan loan() {
        return play.loan();
    }

    /** All that is not a count of how often something was asked, and is not nothing; coin that went in and out again is netted. */
    String position() {
        return Stream.concat(
                        Stream.of(Picture.of(loan()).split("; "))
                                .filter(figure -> !figure.startsWith("silent")
                                        && !figure.contains(" deposited ")
                                        && !figure.contains(" reverted ")
                                        && !figure.endsWith(" 0")),
                        loan().coins().stream()
                                .filter(Ended::stays)
                                .map(coin -> coin.asset().code() + " stayed "
                                        + Tongue.plain(coin.deposited().minus(coin.reverted()))))
                .toList()
                .toString();
    }

    private static boolean stays(Collateral coin) {
        return coin.deposited().compareTo(coin.reverted()) != 0;
    }

    /**
     * What nothing can change but money and coin themselves: the borrower's net debt before any sale, interest and charges, and all coin
     * that came.
     */
    String conserved() {
        BigDecimal owed = loan().debt()
                .posted()
                .minus(loan().debt().interestPosted())
                .minus(loan().settlement().surplusOwed())
                .minus(loan().settlement().surplusPaying())
                .amount()
                .subtract(charged());
        for (Money suspended : loan().suspense()) {
            owed = owed.subtract(suspended.amount());
        }
        for (LoanEvent.SaleSettled sale : play.all(LoanEvent.SaleSettled.class)) {
            owed = owed.add(sale.gross()
                    .minus(sale.liquidationFee())
                    .minus(sale.penalty())
                    .amount());
        }
        StringBuilder text = new StringBuilder("owed before sales " + Tongue.plain(owed));
        for (Collateral coin : loan().coins()) {
            BigDecimal stayed = coin.held()
                    .plus(coin.sold())
                    .plus(coin.released())
                    .minus(coin.missing())
                    .amount();
            if (stayed.signum() != 0) {
                text.append(", ").append(coin.asset().code()).append(' ').append(Tongue.plain(stayed));
            }
        }
        return text.toString();
    }

    /** What a clock charged, or a payment that nothing made due: all of it depends on when money is read. */
    BigDecimal charged() {
        return lateFees().add(prepaymentFees()).add(defaultInterest());
    }

    private BigDecimal lateFees() {
        return play.all(LoanEvent.ChargePosted.class).stream()
                .filter(charge -> charge.kind() == ChargeKind.LATE)
                .map(charge -> charge.amount().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal prepaymentFees() {
        return Stream.concat(
                        play.all(LoanEvent.RepaymentApplied.class).stream().map(LoanEvent.RepaymentApplied::fee),
                        play.all(LoanEvent.RepaymentReversed.class).stream().map(LoanEvent.RepaymentReversed::fee))
                .map(Money::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal defaultInterest() {
        return loan().debt().charges().penaltiesPosted().amount();
    }

    /** Principal and interest through a day, posted or not, to twenty places; without what was charged. */
    BigDecimal owed(LocalDate through) {
        Debt debt = loan().debt();
        return debt.posted()
                .minus(debt.interestPosted())
                .amount()
                .subtract(charged())
                .add(interest(through));
    }

    /** Exact, since the payout. */
    BigDecimal interest(LocalDate through) {
        Debt debt = loan().debt();
        InterestTerms terms = loan().terms().terms().interest();
        LocalDate startedOn = Objects.requireNonNull(debt.startedOn());
        LocalDate accruedTo = Objects.requireNonNull(debt.accruedTo());
        NaiveRates rates = new NaiveRates(() -> terms, () -> startedOn, play.stage.world());
        if (rates.compounds()) {
            return debt.principalDays()
                    .multiply(rates.growth(through))
                    .setScale(20, RoundingMode.HALF_EVEN)
                    .subtract(debt.principal().amount())
                    .subtract(debt.interest().amount())
                    .add(debt.interestPosted().amount());
        }
        BigDecimal scaled = terms.rate() instanceof Rate.Annual rate
                ? debt.principalDays().multiply(NaiveLoan.decimal(rate.annual()))
                : debt.principalDays();
        return scaled.add(debt.principal().amount().multiply(rates.weight(accruedTo, through)))
                .divide(rates.unit(), 20, RoundingMode.HALF_EVEN);
    }

    /**
     * What interest can differ by between this order and another: what was paid as interest and charges and not as principal, at the
     * highest rate, in the whole time.
     */
    BigDecimal mostOnWhatWasDiverted(LocalDate through, BigDecimal highestFixing) {
        BigDecimal diverted = interest(through).add(charged()).max(BigDecimal.ZERO);
        LocalDate startedOn = Objects.requireNonNull(loan().debt().startedOn());
        return diverted.multiply(highestRate(highestFixing))
                .multiply(BigDecimal.valueOf(startedOn.until(through, ChronoUnit.DAYS)))
                .divide(BigDecimal.valueOf(360), 20, RoundingMode.CEILING);
    }

    private BigDecimal highestRate(BigDecimal highestFixing) {
        return switch (loan().terms().terms().interest().rate()) {
            case Rate.Annual rate -> NaiveLoan.decimal(rate.annual());
            case Rate.Stepped rate ->
                rate.steps().stream()
                        .map(Rate.Step::annual)
                        .max(BigDecimal::compareTo)
                        .orElseThrow();
            case Rate.Floating rate -> highestFixing.add(rate.spread());
            case Rate.Kinked rate -> rate.base().add(rate.toKink()).add(rate.beyond());
        };
    }

    /** Every sale is justified by the evidence that it was asked for with. */
    List<LoanEvent.LiquidationRequested> unjustifiedSales() {
        return play.all(LoanEvent.LiquidationRequested.class).stream()
                .filter(request -> !request.evidence().holds())
                .toList();
    }
}
