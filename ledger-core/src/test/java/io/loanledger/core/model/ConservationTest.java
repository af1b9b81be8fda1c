package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.posting.Account;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Invariants that need no model: nothing is lost, nothing is made, nothing goes back. */
class ConservationTest {
    private static final int HISTORIES = Integer.getInteger("ledger.histories", 500);
    private static final long SEED = RandomHistory.SEED;

    /** What may still happen to a closed loan: late money, what custody and the desk take back, coin claimed too late. */
    private static final Set<Class<? extends LoanEvent>> AFTER_CLOSE = Set.of(
            LoanEvent.MoneySuspended.class,
            LoanEvent.RepaymentReversed.class,
            LoanEvent.DeskClaimPosted.class,
            LoanEvent.CollateralLockReverted.class,
            LoanEvent.PendingLockReverted.class,
            LoanEvent.ClaimDenied.class,
            LoanEvent.CollateralDelivered.class,
            LoanEvent.CollateralReturned.class,
            LoanEvent.OverfillPosted.class,
            LoanEvent.SaleProceedsReceived.class,
            LoanEvent.SurplusReturned.class,
            LoanEvent.ReconciliationDifferenceFound.class,
            LoanEvent.ReconciliationDifferenceSettled.class);

    private static void always(Stage.Witness law) {
        for (int history = 0; history < HISTORIES; history++) {
            RandomHistory.play(SEED + history, 60, law);
        }
    }

    @Test
    void conservesCollateral() {
        always(told -> told.steps().stream()
                .map(s -> s.after())
                .filter(l -> l.position() != null)
                .forEach(loan -> loan.coins().forEach(coin -> {
                    assertThat(coin.deposited().plus(coin.missing()))
                            .isEqualTo(coin.held()
                                    .plus(coin.sold())
                                    .plus(coin.released())
                                    .plus(coin.reverted()));
                    assertThat(coin.reserved().plus(coin.releasing())).isLessThanOrEqualTo(coin.held());
                    Quantity zero = Quantity.zero(coin.asset());
                    assertThat(List.of(
                                    coin.held(),
                                    coin.reserved(),
                                    coin.releasing(),
                                    coin.sold(),
                                    coin.delivered(),
                                    coin.released(),
                                    coin.reverted(),
                                    coin.missing(),
                                    coin.free(),
                                    coin.pledged()))
                            .allMatch(q -> q.compareTo(zero) >= 0);
                    boolean isForSale = loan.openCase() != null
                            && loan.openCase().wanted().asset().equals(coin.asset());
                    assertThat(coin.reserved())
                            .as("reserved is the case's unsold part")
                            .isEqualTo(isForSale ? loan.openCase().unsold() : zero);
                })));
    }

    /** Cash moves by exactly what the bank says, whatever the ledger thinks of it; only what is refused does not move it. */
    @Test
    void conservesCash() {
        always(told -> {
            BigDecimal moved = told.events().stream()
                    .flatMap(e -> LoanPostings.of(e).entries().stream())
                    .filter(e -> e.account() == Account.CASH)
                    .map(e -> e.amount())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal said = told.events().isEmpty() ? BigDecimal.ZERO : bankSays(told);
            assertThat(moved).as(told.kind()).isEqualByComparingTo(said);
        });
    }

    private static BigDecimal bankSays(Stage.Told told) {
        return switch (told.input()) {
            case LoanInput.RepaymentReceived f -> f.amount().amount();
            case LoanInput.RepaymentReversed f -> f.amount().amount().negate();
            case LoanInput.DisbursementConfirmed f -> f.amount().amount().negate();
            case LoanInput.DisbursementReturned f -> f.amount().amount();
            case LoanInput.SaleProceedsReceived f -> f.amount().amount();
            case LoanInput.SurplusPaid f -> f.amount().amount().negate();
            case LoanInput.CollateralReconverted f -> f.spent().amount().negate();
            case LoanInput.SurplusReturned f ->
                // A payout that came back before it was confirmed went out first.
                told.before().instruction(f.instructionId()).isPresent()
                        ? BigDecimal.ZERO
                        : f.amount().amount();
            default -> BigDecimal.ZERO;
        };
    }

    /** Proceeds = applied + surplus + what is kept as collateral + the lender's fee and penalty; the desk's commission is the lender's cost. */
    @Test
    void conservesTheProceedsOfASale() {
        always(told -> told.events().stream()
                .filter(LoanEvent.SaleSettled.class::isInstance)
                .map(LoanEvent.SaleSettled.class::cast)
                .forEach(sale -> assertThat(sale.gross())
                        .isEqualTo(sale.allocation()
                                .total()
                                .plus(sale.stabilised())
                                .plus(sale.liquidationFee())
                                .plus(sale.penalty()))));
    }

    @Test
    void neverOwesANegativeAmount() {
        always(told -> told.steps().stream()
                .map(s -> s.after())
                .filter(l -> l.position() != null)
                .forEach(loan -> {
                    assertThat(loan.debt().principal().isNegative())
                            .as("principal")
                            .isFalse();
                    assertThat(loan.debt().fees().isNegative()).as("fees").isFalse();
                    assertThat(loan.settlement().surplusOwed().isNegative())
                            .as("surplus")
                            .isFalse();
                    assertThat(loan.settlement().surplusPaying().isNegative())
                            .as("payout")
                            .isFalse();
                }));
    }

    /** MonotoneStates, OneOpenCase, NoActivityAfterClose. */
    @Test
    void neverGoesBack() {
        always(told -> {
            Loan before = told.before();
            for (var step : told.steps()) {
                assertThat(step.after().status()).isGreaterThanOrEqualTo(before.status());
                assertThat(step.after().version()).isEqualTo(before.version() + 1);
                if (before.status() == LoanStatus.CLOSED) {
                    assertThat(AFTER_CLOSE)
                            .as("after the close")
                            .contains(step.event().getClass());
                }
                if (step.event() instanceof LoanEvent.LiquidationRequested request) {
                    assertThat(before.openCase()).as("OneOpenCase").isNull();
                    assertThat(before.frozen())
                            .as("nothing is sold under a hold")
                            .isFalse();
                    assertThat(request.evidence().holds())
                            .as("NoSellWithoutReason")
                            .isTrue();
                }
                if (step.event() instanceof LoanEvent.CollateralReleaseInstructed) {
                    assertThat(before.openCase())
                            .as("NoReleaseWhileLiquidating")
                            .isNull();
                }
                before = step.after();
            }
        });
    }
}
