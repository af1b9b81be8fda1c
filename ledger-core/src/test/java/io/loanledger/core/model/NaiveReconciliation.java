package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.loan.LoanInput;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What custodian and desk say against the notebook. */
final class NaiveReconciliation {
    private static final int SETTLEMENT_DAYS = 2;
    static final LocalDate UNDATED = LocalDate.of(9999, 12, 31);

    /** A difference that is open. */
    record Gap(BigDecimal ours, BigDecimal theirs, Instant asOf) {
        BigDecimal size() {
            return ours.subtract(theirs);
        }
    }

    private final NaiveLoan loan;
    private final List<String> lines;
    private final TreeMap<String, BigDecimal> custody = new TreeMap<>();
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> undelivered = new HashMap<>();
    private final NavigableMap<LocalDate, BigDecimal> unpaid = new TreeMap<>();
    private final TreeMap<String, Gap> gaps = new TreeMap<>();
    private @Nullable Instant newest;

    NaiveReconciliation(NaiveLoan loan, List<String> lines) {
        this.loan = loan;
        this.lines = lines;
    }

    /** The custodian said that coin came (positive) or went. */
    void moved(String asset, BigDecimal quantity, Instant at) {
        custody.merge(asset, quantity, BigDecimal::add);
        if (newest == null || at.isAfter(newest)) {
            newest = at;
        }
        Gap gap = gaps.get("HELD " + asset);
        if (gap != null && !at.isAfter(gap.asOf())) {
            pending = new Gap(gap.ours().add(quantity), gap.theirs(), gap.asOf());
            pendingAsset = asset;
        }
    }

    private @Nullable Gap pending;
    private String pendingAsset = "";

    /** After the lines of the fact itself. */
    void sayLateMovement() {
        if (pending != null) {
            compare("HELD", pendingAsset, pending.ours(), pending.theirs(), pending.asOf());
            pending = null;
        }
    }

    void stated(LoanInput.CustodyStatement fact) {
        String asset = fact.quantity().asset();
        Instant cut = fact.head().occurredAt();
        Gap gap = gaps.get("HELD " + asset);
        if ((newest != null && !cut.isAfter(newest)) || (gap != null && cut.isBefore(gap.asOf()))) {
            return;
        }
        compare(
                "HELD",
                asset,
                custody.getOrDefault(asset, ZERO),
                fact.quantity().amount(),
                cut);
    }

    boolean custodianHasLess() {
        return gaps.entrySet().stream()
                .anyMatch(e ->
                        e.getKey().startsWith("HELD") && e.getValue().size().signum() > 0);
    }

    /** A sale of this day, made or taken back, or with null something that came for former sales. */
    void traded(@Nullable LocalDate day) {
        for (NaiveCoin coin : loan.coins) {
            level(undelivered(coin), coin.sold.subtract(coin.delivered).max(ZERO), day);
        }
        level(unpaid, loan.clearing.max(ZERO), day);
    }

    private NavigableMap<LocalDate, BigDecimal> undelivered(NaiveCoin coin) {
        return undelivered.computeIfAbsent(coin.code(), code -> new TreeMap<>());
    }

    private static void level(NavigableMap<LocalDate, BigDecimal> days, BigDecimal wanted, @Nullable LocalDate day) {
        BigDecimal more = wanted.subtract(days.values().stream().reduce(ZERO, BigDecimal::add));
        if (more.signum() > 0) {
            days.merge(day == null ? UNDATED : day, more, BigDecimal::add);
        }
        while (more.signum() < 0) {
            LocalDate first = day == null ? days.firstKey() : days.lastKey();
            BigDecimal left = days.remove(first).add(more);
            more = left.min(ZERO);
            if (left.signum() > 0) {
                days.put(first, left);
            }
        }
    }

    void lookAtSales(Instant time) {
        if (loan.terms != null) {
            for (NaiveCoin coin : loan.coins) {
                late("DELIVERY", coin.code(), undelivered(coin), time);
            }
            late("PROCEEDS", loan.debtCode, unpaid, time);
        }
    }

    private void late(String kind, String asset, NavigableMap<LocalDate, BigDecimal> days, Instant time) {
        BigDecimal late = days.entrySet().stream()
                .filter(e -> e.getKey()
                        .plusDays(SETTLEMENT_DAYS + 1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .isBefore(time))
                .map(java.util.Map.Entry::getValue)
                .reduce(ZERO, BigDecimal::add);
        compare(kind, asset, late, ZERO, time);
    }

    private void compare(String kind, String asset, BigDecimal ours, BigDecimal theirs, Instant asOf) {
        String name = kind + " " + asset;
        Gap gap = gaps.get(name);
        BigDecimal size = ours.subtract(theirs);
        if (size.compareTo(gap == null ? ZERO : gap.size()) == 0) {
            return;
        }
        if (size.signum() == 0) {
            gaps.remove(name);
            lines.add(Tongue.line("ReconciliationDifferenceSettled", name, ours, theirs, asOf));
        } else {
            gaps.put(name, new Gap(ours, theirs, asOf));
            lines.add(Tongue.line("ReconciliationDifferenceFound", name, ours, theirs, asOf));
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        gaps.forEach((name, gap) -> text.append(Tongue.line(name, gap.ours(), gap.theirs(), gap.asOf()))
                .append(','));
        return text.toString();
    }
}
