package io.loanledger.benchmarks.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.benchmarks.BenchPlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The book does what the measures lean on: which price sells which loans. */
class BenchBookTest {

    private enum Size {
        TRIAL,
        QUICK,
        FULL,
        HUGE;

        BenchPlan plan() {
            return switch (this) {
                case TRIAL -> BenchPlan.TRIAL;
                case QUICK -> BenchPlan.QUICK;
                case FULL -> BenchPlan.FULL;
                case HUGE -> BenchPlan.HUGE;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void noLoanOfTheLadderIsSoldATickEarlyOrLate(Size size) {
        BenchBook book = new BenchBook(size.plan());
        for (int number = 0; number < size.plan().ladderLoans(); number++) {
            assertThat(isSold(book, number, BenchBook.ladderPrice(number))).isTrue();
            assertThat(isSold(book, number, BenchBook.ladderPrice(number).add(new BigDecimal("0.05"))))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void crashSellsItsLoansAloneAndTheLadderNoneOfThem(Size size) {
        BenchBook book = new BenchBook(size.plan());
        BigDecimal lastOfLadder = BenchBook.ladderPrice(size.plan().ladderLoans() - 1);
        int sold = 0;
        for (int number = size.plan().ladderLoans();
                number < book.loans();
                number += Math.max(7, book.loans() / 10_000)) {
            assertThat(isCalled(book, number, lastOfLadder)).isFalse();
            assertThat(isSold(book, number, BenchBook.CRASH_PRICE)).isEqualTo(book.isOfCrash(number));
            assertThat(isCalled(book, number, BenchBook.CRASH_PRICE)).isEqualTo(book.isOfCrash(number));
            sold++;
        }
        assertThat(sold).isPositive();
    }

    @Test
    void everyLoanCanBeOpenedAtHalfItsValue() {
        BenchBook book = new BenchBook(BenchPlan.QUICK);
        for (int number = 0; number < book.loans(); number++) {
            BigDecimal value = book.collateral(number).multiply(BenchBook.OPENING_PRICE);
            assertThat(BenchBook.PRINCIPAL.divide(value, 8, RoundingMode.UP))
                    .isLessThanOrEqualTo(new BigDecimal("0.5"));
        }
    }

    @Test
    void aLoansNumberIsReadFromItsIdAndFromItsCases() {
        assertThat(BenchBook.idOf(1234)).isEqualTo("loan-00001234");
        assertThat(BenchBook.numberOf("loan-00001234")).isEqualTo(1234);
        assertThat(BenchBook.numberOf("loan-00001234/case/1")).isEqualTo(1234);
    }

    private static boolean isSold(BenchBook book, int number, BigDecimal price) {
        return standsAt(book, number, price, "0.8");
    }

    private static boolean isCalled(BenchBook book, int number, BigDecimal price) {
        return standsAt(book, number, price, "0.7");
    }

    private static boolean standsAt(BenchBook book, int number, BigDecimal price, String ltv) {
        BigDecimal value = book.collateral(number).multiply(price);
        return BenchBook.PRINCIPAL.compareTo(value.multiply(new BigDecimal(ltv))) >= 0;
    }
}
