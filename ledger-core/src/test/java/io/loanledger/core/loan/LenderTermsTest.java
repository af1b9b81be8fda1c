package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.ProductTerms;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published terms of {@link Lenders}, each held to figures reckoned by hand; all on 10 BTC, opened at 10,000 unless a row says else. */
class LenderTermsTest {
    private static final Instant FIRST = START.plusSeconds(1);
    private static final Instant SECOND = START.plusSeconds(2);

    /** With the utilisation at its kink, which only a Morpho market asks for. */
    private static LoanStory asked(String lender, String price, String principal) {
        return LoanStory.securedAt(price, terms(lender), principal)
                .fixed(Lenders.UTILISATION, LocalDate.of(2020, 1, 1), "0.9")
                .price(START, price);
    }

    private static ProductTerms terms(String lender) {
        return Lenders.ALL_SEVEN.stream()
                .filter(one -> one.name().equals(lender))
                .findFirst()
                .map(Lender::terms)
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0} lends {2} on 10 BTC at {1}, not {3}")
    @CsvSource({
        "Ledn, 10000, 50000.00, 50000.01",
        "Unchained, 10000, 40000.00, 40000.01", // 100,000 / 2.5
        "Strike, 10000, 44642.85, 44642.86", // 50,000 / 1.12
        "Nexo, 10000, 50000.00, 50000.01",
        "SALT, 10000, 70000.00, 70000.01",
        "Coinbase/Morpho, 10000, 75000.00, 75000.01",
        "Maker, 17500, 100000.00, 100000.01", // 175,000 / 1.75: opens at the limit below which it sells
    })
    void opensAtTheLendersRatio(String lender, String price, String lent, String tooMuch) {
        assertThat(asked(lender, price, lent).loan().status()).isEqualTo(LoanStatus.ISSUED);
        assertThat(asked(lender, price, tooMuch).loan().status()).isEqualTo(LoanStatus.REQUESTED);
    }

    @ParameterizedTest(name = "{0} calls {1} at {3}, not at {2}")
    @CsvSource({
        "Ledn, 49000.00, 7000.00, 6999.99", // above 70 %: at 70 % nothing happens
        "Unchained, 40000.00, 6000.01, 6000.00", // collateral of 60,000 is 150 %
        "Strike, 40000.00, 6400.01, 6400.00", // 44,800 of 64,000 is 70 %
        "SALT, 50000.00, 6666.67, 6666.66", // exceeds 75 %: 50,000 of 66,666.70 does not
    })
    void callsAtTheLendersRatio(String lender, String principal, String notYet, String called) {
        LoanStory story = asked(lender, "10000", principal).paidOut().price(FIRST, notYet);
        assertThat(story.names()).doesNotContain("MarginCallIssued");
        assertThat(story.price(SECOND, called).names()).contains("MarginCallIssued");
    }

    @ParameterizedTest(name = "{0} at {2}: repay {3} or add {4}")
    @CsvSource({
        "Ledn, 49000.00, 6999.99, 14000.05, 4.00002001", // to 34,999.95; 49,000 / 3,499.995
        "Unchained, 40000.00, 6000.00, 3636.37, 1.00000000", // to 60,000 / 1.65 = 36,363.63; 66,000 / 6,000
        "Strike, 40000.00, 6400.00, 5714.29, 1.66666667", // 44,800 - 38,400 over 1.12; 44,800 / 3,840
        "SALT, 50000.00, 6666.66, 3333.38, 0.71429643", // to 46,666.62; 50,000 / 4,666.662 = 10.714296428...
    })
    void asksForWhatRestoresTheLendersRatio(String lender, String principal, String price, String repay, String topUp) {
        LoanStory story = asked(lender, "10000", principal).paidOut().price(FIRST, price);
        LoanEvent.MarginCallIssued call = story.the(LoanEvent.MarginCallIssued.class);
        assertThat(call.repayToCure()).isEqualTo(Money.of(repay, USD));
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of(topUp, BTC));
        assertThat(story.repaid(FIRST, repay).names()).contains("MarginCallCured");
    }

    @ParameterizedTest(name = "{0} sells {4} of 10 BTC at {3}, nothing at {2}")
    @CsvSource({
        "Ledn, 48000.00, 6000.00, 5999.99, FULL, 10.0000", // above 80 %
        // 44,000 of collateral is 110 %; (40,000 - 22,000) / (1 - 1/2) / 4,400 = 8.1818..., but 4,000 of debt is under
        // 10,000
        "Unchained, 40000.00, 4400.01, 4400.00, FULL, 10.0000",
        // 44,800 of 52,705.88 is 85 %; (44,800 - 31,623.48) / (1.12 x 0.9901 - 0.60) / 5,270.58 = 4.91248...
        "Strike, 40000.00, 5270.59, 5270.58, PARTIAL, 4.9125",
        // a tenth of 50,000 is 5,000: 0.8333 repays 4,999.80, 0.8334 would repay 5,000.40
        "Nexo, 50000.00, 6000.01, 6000.00, INCREMENT, 0.8333",
        "SALT, 50000.00, 5500.00, 5499.99, FULL, 10.0000", // 50,000 of 55,000 is exactly 1/1.10
        // 68,800 x 1.0438 = 71,813.44; 8.9767 brings 71,813.51, 8.9766 nets 68,799.30
        "Coinbase/Morpho, 68800.00, 8000.00, 7999.99, PARTIAL, 8.9767",
    })
    void sellsAtTheLendersRatioWhatItsTermsSay(
            String lender, String principal, String notYet, String hard, SaleMode mode, String quantity) {
        LoanStory story = asked(lender, "10000", principal).paidOut().price(FIRST, notYet);
        assertThat(story.names()).doesNotContain("LiquidationRequested");
        LoanEvent.LiquidationRequested request = story.price(SECOND, hard).the(LoanEvent.LiquidationRequested.class);
        assertThat(request.mode()).isEqualTo(mode);
        assertThat(request.reserved().amount()).isEqualByComparingTo(quantity);
    }

    @ParameterizedTest(name = "{0}: {1} bears {3} in {2} days")
    @CsvSource({
        "Unchained, 150000.00, 30, 1726.03", // 150,000 x 0.14 x 30 / 365 = 1,726.027...
        "Ledn, 50000.00, 365, 5995.00", // 50,000 x 0.1199
        "Strike, 44642.85, 365, 5357.14", // 44,642.85 x 0.12 = 5,357.142
        "Nexo, 10000.00, 30, 114.25", // 10,000 x 0.139 x 30 / 365 = 114.246...
        "SALT, 10000.00, 30, 98.22", // 10,000 x 0.1195 x 30 / 365 = 98.219...
    })
    void bearsTheLendersInterest(String lender, String principal, int days, String interest) {
        RateClock clock = RateClock.of(terms(lender).interest(), Rates.NONE);
        LocalDate start = LocalDate.of(2021, 1, 1);
        Debt debt = Debt.none(USD).withPrincipalChanged(Money.of(principal, USD), clock, start);
        assertThat(debt.interestToPost(clock, start.plusDays(days))).isEqualTo(Money.of(interest, USD));
    }
}
