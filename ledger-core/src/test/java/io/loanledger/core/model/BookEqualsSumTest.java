package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.money.Money;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import java.math.BigDecimal;
import java.util.EnumMap;
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
            Map<Account, BigDecimal> book = new EnumMap<>(Account.class);
            RandomHistory.play(
                    seed + history,
                    60,
                    told -> told.steps().forEach(step -> {
                        events[0]++;
                        for (Entry entry : LoanPostings.of(step.event()).entries()) {
                            book.merge(entry.account(), entry.amount(), BigDecimal::add);
                        }
                        compare(step.event().getClass().getSimpleName(), book, step.after());
                    }));
        }
        assertThat(events[0]).as("events").isGreaterThan(HISTORIES * 10);
    }

    private static void compare(String event, Map<Account, BigDecimal> book, Loan loan) {
        Map<Account, BigDecimal> state = new EnumMap<>(Account.class);
        state.put(
                Account.SUSPENSE,
                loan.suspense().stream()
                        .map(Money::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .negate());
        if (loan.position() != null) {
            Settlement money = loan.settlement();
            state.put(Account.PRINCIPAL_RECEIVABLE, loan.debt().principal().amount());
            state.put(Account.INTEREST_RECEIVABLE, loan.debt().interest().amount());
            state.put(Account.FEES_RECEIVABLE, loan.debt().fees().amount());
            state.put(
                    Account.INTEREST_INCOME,
                    loan.debt().interestPosted().amount().negate());
            state.put(Account.DESK_RECEIVABLE, money.clearing().amount());
            state.put(Account.DESK_CLAIM, money.deskClaim().amount());
            state.put(
                    Account.SURPLUS_PAYABLE,
                    money.surplusOwed().plus(money.surplusPaying()).amount().negate());
            coin(state, loan.collateral(), coinInSuspense(loan));
            state.put(Account.OVERFILL, overfill(loan).negate());
        }
        for (Account account : Account.values()) {
            if (state.containsKey(account)) {
                assertThat(book.getOrDefault(account, BigDecimal.ZERO))
                        .as("%s after %s", account, event)
                        .isEqualByComparingTo(state.get(account));
            }
        }
    }

    private static BigDecimal coinInSuspense(Loan loan) {
        return loan.suspense().stream()
                .filter(m -> m.currency().equals(loan.collateral().asset()))
                .map(Money::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal overfill(Loan loan) {
        return Stream.concat(
                        loan.closedCases().stream().map(ClosedCase::overfill),
                        Stream.ofNullable(loan.openCase()).map(LiquidationCase::overfill))
                .map(o -> o.gross().minus(o.deskFees()).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Custody has what came and did not leave; the borrower is owed what is held, the desk what is sold and not delivered. */
    private static void coin(Map<Account, BigDecimal> state, Collateral coin, BigDecimal inSuspense) {
        state.put(
                Account.CUSTODY,
                coin.deposited()
                        .minus(coin.delivered())
                        .minus(coin.released())
                        .minus(coin.reverted())
                        .amount()
                        .add(inSuspense));
        state.put(
                Account.COIN_DUE_TO_DESK,
                coin.sold().minus(coin.delivered()).amount().negate());
        state.put(Account.MISSING_COLLATERAL, coin.missing().amount());
        state.put(Account.COLLATERAL_PLEDGED, coin.held().amount().negate());
    }
}
