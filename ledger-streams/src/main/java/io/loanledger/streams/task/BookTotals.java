package io.loanledger.streams.task;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanBalances;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.money.Asset;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Sums over the loans of one task: each account that a loan's state tells, in each asset, and how many loans stand where. A debit is
 * positive. One thread.
 */
final class BookTotals {
    private final Map<Account, Map<Asset, BigDecimal>> sums = new EnumMap<>(Account.class);
    private final Map<LoanStatus, Long> counts = new EnumMap<>(LoanStatus.class);

    BookTotals() {
        for (Account account : LoanBalances.TOLD) {
            sums.put(account, new HashMap<>(4));
        }
    }

    /** A loan as it stands. */
    void add(Loan loan) {
        post(LoanBalances.of(loan));
        count(loan.status(), 1);
    }

    /** Lines on accounts that no recount can tell are left out: nothing is compared with them. */
    void post(List<Entry> entries) {
        for (Entry entry : entries) {
            Map<Asset, BigDecimal> told = sums.get(entry.account());
            if (told != null) {
                told.merge(entry.asset(), entry.amount(), BigDecimal::add);
            }
        }
    }

    void count(LoanStatus status, long change) {
        counts.merge(status, change, Long::sum);
    }

    /** How many loans there are, of any status. */
    long loans() {
        long loans = 0;
        for (long count : counts.values()) {
            loans += count;
        }
        return loans;
    }

    /**
     * In words, by how much a recount is off, in a fixed order; empty if it is not. The same error gives the same words, however the
     * book goes on.
     */
    List<String> unlike(BookTotals recount) {
        List<String> unlike = new ArrayList<>();
        for (LoanStatus status : LoanStatus.values()) {
            long kept = counts.getOrDefault(status, 0L);
            long found = recount.counts.getOrDefault(status, 0L);
            if (kept != found) {
                unlike.add("%s loans off by %d".formatted(status, found - kept));
            }
        }
        for (Account account : LoanBalances.TOLD) {
            TreeSet<Asset> assets = new TreeSet<>(java.util.Comparator.comparing(Asset::code));
            assets.addAll(of(account).keySet());
            assets.addAll(recount.of(account).keySet());
            for (Asset asset : assets) {
                BigDecimal kept = of(account).getOrDefault(asset, BigDecimal.ZERO);
                BigDecimal found = recount.of(account).getOrDefault(asset, BigDecimal.ZERO);
                if (kept.compareTo(found) != 0) {
                    unlike.add("%s %s off by %s"
                            .formatted(
                                    account, asset.code(), found.subtract(kept).toPlainString()));
                }
            }
        }
        return unlike;
    }

    private Map<Asset, BigDecimal> of(Account account) {
        return Objects.requireNonNull(sums.get(account));
    }
}
