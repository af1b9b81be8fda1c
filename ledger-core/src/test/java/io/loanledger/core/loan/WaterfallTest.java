package io.loanledger.core.loan;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.WaterfallTerms;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where money goes, and how it comes back. */
class WaterfallTest {
    private static final WaterfallTerms BUCKETS = new WaterfallTerms(List.of(Component.values()), true, false);

    private static final List<Due> DUES = List.of(
            new Due(1, LocalDate.of(2021, 3, 1), usd("25"), usd("100"), usd("500"), true),
            new Due(2, LocalDate.of(2021, 4, 1), usd("0"), usd("95"), usd("500"), false));

    private static Money usd(String amount) {
        return Money.of(amount, LoanStory.USD);
    }

    /** Of these totals, with what is in the buckets a part of them. */
    private static Debt debt(String costs, String penalties, String fees, String interest, String principal) {
        return new Debt(
                usd(principal),
                usd(interest),
                usd(fees),
                usd(interest),
                BigDecimal.ZERO,
                null,
                null,
                new Charges(usd(costs), usd(penalties)));
    }

    @ParameterizedTest
    @CsvSource({
        // money, bucket by bucket: fees, interest, principal, surplus; by component: the same four
        "20, 20, 0, 0, 0, 20, 0, 0, 0",
        "125, 25, 100, 0, 0, 25, 100, 0, 0",
        "220, 25, 100, 95, 0, 25, 195, 0, 0",
        "700, 25, 175, 500, 0, 25, 195, 480, 0",
        "1220, 25, 195, 1000, 0, 25, 195, 1000, 0",
        "1225, 25, 200, 1000, 0, 25, 200, 1000, 0",
        "9000, 25, 205, 8000, 770, 25, 205, 8000, 770",
    })
    void paysWhatIsDueBeforeWhatIsNot(
            String money,
            String fees,
            String interest,
            String principal,
            String surplus,
            String fees2,
            String interest2,
            String principal2,
            String surplus2) {
        // 1 March: fees 25, interest 100, principal 500; 1 April: 95 and 500; of no bucket: interest 10, principal
        // 7,000.
        Debt debt = debt("0", "0", "25", "205", "8000");
        assertThat(amounts(Waterfall.spread(BUCKETS, debt, DUES, usd(money))))
                .containsExactly(usd("0"), usd("0"), usd(fees), usd(interest), usd(principal), usd(surplus));
        assertThat(amounts(Waterfall.spread(WaterfallTerms.PLAIN, debt, DUES, usd(money))))
                .containsExactly(usd("0"), usd("0"), usd(fees2), usd(interest2), usd(principal2), usd(surplus2));
    }

    @Test
    void saysWhatOfItWentToEachInstalment() {
        Allocation spread = Waterfall.spread(BUCKETS, debt("0", "0", "25", "205", "8000"), DUES, usd("700"));
        assertThat(spread.parts())
                .containsExactly(
                        new Part(1, usd("25"), usd("100"), usd("500")), new Part(2, usd("0"), usd("75"), usd("0")));
    }

    @Test
    void paysChargesOfNoInstalmentWithTheOldestThatIsUnpaid() {
        // Fees 40, of them 25 late fee of the first instalment; costs 7, penalties 3.
        Debt debt = debt("7", "3", "40", "205", "8000");
        assertThat(amounts(Waterfall.spread(BUCKETS, debt, DUES, usd("60"))))
                .containsExactly(usd("7"), usd("3"), usd("40"), usd("10"), usd("0"), usd("0"));
        List<Due> firstPaid =
                List.of(new Due(1, LocalDate.of(2021, 3, 1), usd("0"), usd("0"), usd("0"), true), DUES.getLast());
        WaterfallTerms interestFirst = new WaterfallTerms(
                List.of(Component.INTEREST, Component.PRINCIPAL, Component.COSTS, Component.PENALTIES, Component.FEES),
                true,
                false);
        assertThat(amounts(Waterfall.spread(interestFirst, debt("7", "3", "15", "105", "7500"), firstPaid, usd("610"))))
                .containsExactly(usd("7"), usd("3"), usd("5"), usd("95"), usd("500"), usd("0"));
    }

    @Test
    void followsTheOrderOfTheTermsWithoutASchedule() {
        List<Component> backwards = new ArrayList<>(List.of(Component.values()));
        Collections.reverse(backwards);
        WaterfallTerms terms = new WaterfallTerms(backwards, false, false);
        assertThat(amounts(Waterfall.spread(terms, debt("1", "2", "3", "4", "5"), List.of(), usd("13"))))
                .containsExactly(usd("0"), usd("1"), usd("3"), usd("4"), usd("5"), usd("0"));
    }

    @Test
    void payNothingToWhatIsNegative() {
        assertThat(amounts(Waterfall.spread(WaterfallTerms.PLAIN, debt("0", "0", "0", "-4", "5"), List.of(), usd("7"))))
                .containsExactly(usd("0"), usd("0"), usd("0"), usd("0"), usd("5"), usd("2"));
    }

    @ParameterizedTest
    @CsvSource({
        // taken back of 700.00: 25 fees, 175 interest (100 and 75), 500 principal
        "75, 0, 75, 0",
        "76, 0, 75, 1",
        "575, 0, 75, 500",
        "676, 1, 175, 500",
    })
    void takesBackTheLastPaidFirst(String money, String fees, String interest, String principal) {
        Allocation paid = Waterfall.spread(BUCKETS, debt("0", "0", "25", "205", "8000"), DUES, usd("700"));
        Allocation back = Waterfall.takeBack(BUCKETS, paid, DUES, usd(money)).negated();
        assertThat(amounts(back))
                .containsExactly(usd("0"), usd("0"), usd(fees), usd(interest), usd(principal), usd("0"));
    }

    @Test
    void takesBackAllOfItAsItWasPaid() {
        Random random = new Random(20210301);
        for (int i = 0; i < 2_000; i++) {
            List<Component> order = new ArrayList<>(List.of(Component.values()));
            Collections.shuffle(order, random);
            WaterfallTerms terms = new WaterfallTerms(order, random.nextBoolean(), false);
            Debt debt = debt("7", "3", "40", "205", "8000");
            Money money = new Money(BigDecimal.valueOf(random.nextInt(900_000), 2), LoanStory.USD);
            Allocation paid = Waterfall.spread(terms, debt, DUES, money);
            assertThat(paid.total()).isEqualTo(money);
            Money first = new Money(
                    BigDecimal.valueOf(
                            random.nextInt(money.amount().unscaledValue().intValue() + 1), 2),
                    LoanStory.USD);
            Allocation some = Waterfall.takeBack(terms, paid, DUES, first);
            Allocation left = paid.plus(some);
            assertThat(left)
                    .as("what is left is what the rest of the money would have paid, order %s", order)
                    .isEqualTo(Waterfall.spread(terms, debt, DUES, money.minus(first)));
        }
    }

    private static List<Money> amounts(Allocation spread) {
        return List.of(
                spread.costs(),
                spread.penalties(),
                spread.fees(),
                spread.interest(),
                spread.principal(),
                spread.surplus());
    }
}
