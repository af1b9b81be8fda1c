package io.loanledger.local.compare;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The borrowers whom every lender gets: 0.2 to 20 BTC, 1 to 300 days old, 60 to 98 % of the lender's limit drawn, every third opened at
 * 1.2 to 1.4 times the starting price. Of 100 called, 22 send coin and 12 pay, five minutes to two hours later; the rest do nothing.
 * The same seed gives the same book.
 */
final class ComparableBook {
    private static final int LOT_SCALE = 4;
    private static final int COIN_SCALE = 8;
    private static final long FEWEST_LOTS = 2_000;
    private static final long MOST_LOTS = 200_000;
    private static final int OLDEST_DAYS = 300;
    private static final int PARTS = 10_000;

    private ComparableBook() {}

    static List<Borrower> of(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Borrower> borrowers = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            BigDecimal coins = BigDecimal.valueOf(random.nextLong(FEWEST_LOTS, MOST_LOTS + 1), LOT_SCALE)
                    .setScale(COIN_SCALE);
            BigDecimal share = parts(random.nextInt(6_000, 9_800 + 1));
            int age = random.nextInt(1, OLDEST_DAYS + 1);
            BigDecimal higher = parts(random.nextInt(12_000, 14_000 + 1));
            Borrower.Answer answer = answer(random.nextInt(100));
            Duration delay = Duration.ofMinutes(random.nextInt(5, 120 + 1));
            borrowers.add(new Borrower(
                    String.format(Locale.ROOT, "borrower-%06d", number),
                    coins,
                    share,
                    age,
                    number % 3 == 0 ? higher : BigDecimal.ONE,
                    answer,
                    delay));
        }
        return List.copyOf(borrowers);
    }

    private static BigDecimal parts(int tenThousandths) {
        return BigDecimal.valueOf(tenThousandths).divide(BigDecimal.valueOf(PARTS));
    }

    private static Borrower.Answer answer(int hundredth) {
        if (hundredth < 22) {
            return Borrower.Answer.TOPS_UP;
        }
        return hundredth < 34 ? Borrower.Answer.REPAYS : Borrower.Answer.IGNORES;
    }
}
