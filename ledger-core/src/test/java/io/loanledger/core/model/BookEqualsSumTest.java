package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Invariants PostingsBalance and BookEqualsSum: after every event the running sum of each account of the book is the figure of the
 * loan's state that it stands for. {@code Posting} refuses to exist out of balance.
 */
class BookEqualsSumTest {
    private static final int HISTORIES = Integer.getInteger("ledger.histories", 500);

    @Test
    void keepsTheBookEqualToTheStateAfterEveryEvent() {
        long seed = RandomHistory.SEED;
        int[] events = new int[1];
        for (int history = 0; history < HISTORIES; history++) {
            Map<String, BigDecimal> book = new HashMap<>();
            RandomHistory.play(
                    seed + history,
                    60,
                    told -> told.steps().forEach(step -> {
                        events[0]++;
                        for (Entry entry : LoanPostings.of(step.event()).entries()) {
                            book.merge(name(entry.account(), entry.asset()), entry.amount(), BigDecimal::add);
                        }
                        compare(step.event().getClass().getSimpleName(), book, step.after());
                    }));
        }
        assertThat(events[0]).as("events").isGreaterThan(HISTORIES * 10);
    }

    private static String name(Account account, Asset asset) {
        return account + " " + asset.code();
    }

    private static void compare(String event, Map<String, BigDecimal> book, Loan loan) {
        Map<String, BigDecimal> state = new HashMap<>();
        book.keySet().stream()
                .filter(name -> name.startsWith(Account.SUSPENSE.name()))
                .forEach(name -> state.put(name, BigDecimal.ZERO));
        loan.suspense()
                .forEach(m -> state.put(
                        name(Account.SUSPENSE, m.currency()), m.amount().negate()));
        if (loan.position() != null) {
            Settlement money = loan.settlement();
            put(state, Account.PRINCIPAL_RECEIVABLE, loan.debt().principal());
            put(state, Account.INTEREST_RECEIVABLE, loan.debt().interest());
            put(state, Account.FEES_RECEIVABLE, loan.debt().fees());
            put(state, Account.INTEREST_INCOME, loan.debt().interestPosted().negated());
            put(state, Account.DESK_RECEIVABLE, money.clearing());
            put(state, Account.DESK_CLAIM, money.deskClaim());
            put(
                    state,
                    Account.SURPLUS_PAYABLE,
                    money.surplusOwed().plus(money.surplusPaying()).negated());
            put(
                    state,
                    Account.OVERFILL,
                    overfill(loan, money.clearing().currency()).negated());
            loan.coins().forEach(coin -> coin(state, coin, coinInSuspense(loan, coin.asset())));
        }
        state.forEach((name, figure) -> assertThat(book.getOrDefault(name, BigDecimal.ZERO))
                .as("%s after %s", name, event)
                .isEqualByComparingTo(figure));
    }

    private static void put(Map<String, BigDecimal> state, Account account, Money figure) {
        state.put(name(account, figure.currency()), figure.amount());
    }

    private static void put(Map<String, BigDecimal> state, Account account, Asset coin, BigDecimal figure) {
        state.put(name(account, coin), figure);
    }

    private static BigDecimal coinInSuspense(Loan loan, Asset coin) {
        return loan.suspense().stream()
                .filter(m -> m.currency().equals(coin))
                .map(Money::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Money overfill(Loan loan, Asset currency) {
        return Stream.concat(
                        loan.closedCases().stream().map(ClosedCase::overfill),
                        Stream.ofNullable(loan.openCase()).map(LiquidationCase::overfill))
                .map(o -> o.gross().minus(o.deskFees()))
                .reduce(Money.zero(currency), Money::plus);
    }

    /** Custody has what came and did not leave; the borrower is owed what is held, the desk what is sold and not delivered. */
    private static void coin(Map<String, BigDecimal> state, Collateral coin, BigDecimal inSuspense) {
        put(
                state,
                Account.CUSTODY,
                coin.asset(),
                coin.deposited()
                        .minus(coin.delivered())
                        .minus(coin.released())
                        .minus(coin.reverted())
                        .amount()
                        .add(inSuspense));
        BigDecimal due = coin.sold().minus(coin.delivered()).amount();
        put(state, Account.COIN_DUE_TO_DESK, coin.asset(), due.negate());
        put(state, Account.MISSING_COLLATERAL, coin.asset(), coin.missing().amount());
        put(
                state,
                Account.COLLATERAL_PLEDGED,
                coin.asset(),
                coin.held().amount().negate());
    }
}
