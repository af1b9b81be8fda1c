package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether the journal's own figures agree with each other, whatever the rules demand: after each event coin is where it went, and each
 * account holds what the loan's entries have put there since its first. Holds for loans that are not recomputed any further, too. A loan
 * is complained of once. One thread.
 */
final class Conservation {
    private final Tally tally;
    private final Map<String, Map<String, BigDecimal>> accounts = new HashMap<>();
    private final Set<String> broken = new HashSet<>();

    Conservation(Tally tally) {
        this.tally = tally;
    }

    void follow(Message message, Header header, GenericRecord event) {
        Map<String, BigDecimal> sums = accounts.computeIfAbsent(header.loanId(), loan -> new HashMap<>());
        Comparison.postings(event).forEach((account, amount) -> sums.merge(account, amount, BigDecimal::add));
        if (event.get("balances") instanceof GenericRecord balances && !broken.contains(header.loanId())) {
            String wrong = wrong(new Figures(balances), sums);
            boolean right = tally.holds(
                    Check.CONSERVATION,
                    wrong == null,
                    message.place() + " loan " + header.loanId(),
                    () -> Objects.requireNonNull(wrong));
            if (!right) {
                broken.add(header.loanId());
            }
        }
    }

    /** The balances that an event shows. */
    private record Figures(GenericRecord balances) {
        BigDecimal of(String name) {
            return new BigDecimal(balances.get(name).toString());
        }

        /** A figure that is left out where it is zero. */
        BigDecimal ofOrNothing(String name) {
            return new BigDecimal(Terms.text(balances, name, "0"));
        }

        String text(String name) {
            return balances.get(name).toString();
        }

        /** Of each asset. */
        List<Figures> coins() {
            List<Figures> coins = new ArrayList<>(List.of(this));
            Terms.parts(balances, "further").forEach(further -> coins.add(new Figures(further)));
            return coins;
        }

        String asset() {
            return Terms.text(balances, "asset", Terms.text(balances, "collateralAsset", ""));
        }
    }

    private static @Nullable String wrong(Figures shown, Map<String, BigDecimal> sums) {
        for (Figures coin : shown.coins()) {
            String wrong = wrongCoin(coin, sums);
            if (wrong != null) {
                return wrong;
            }
        }
        String money = shown.text("debtAsset");
        Map<String, BigDecimal> told = new HashMap<>(Map.of(
                "PRINCIPAL_RECEIVABLE " + money,
                shown.of("principal"),
                "INTEREST_RECEIVABLE " + money,
                shown.of("interest"),
                "FEES_RECEIVABLE " + money,
                shown.of("fees"),
                "INTEREST_INCOME " + money,
                shown.of("interestPosted").negate(),
                "DESK_RECEIVABLE " + money,
                shown.of("clearing"),
                "DESK_CLAIM " + money,
                shown.of("deskClaim"),
                "SURPLUS_PAYABLE " + money,
                shown.of("surplusOwed").add(shown.of("surplusPaying")).negate()));
        told.put("COSTS_RECEIVABLE " + money, shown.ofOrNothing("costs"));
        told.put("PENALTIES_RECEIVABLE " + money, shown.ofOrNothing("penalties"));
        told.put("STABILISED_PAYABLE " + money, shown.ofOrNothing("stabilised").negate());
        return differing(told, sums);
    }

    private static @Nullable String wrongCoin(Figures coin, Map<String, BigDecimal> sums) {
        BigDecimal sum = coin.of("held")
                .add(coin.of("sold"))
                .add(coin.of("released"))
                .add(coin.of("reverted"))
                .subtract(coin.of("missing"));
        if (coin.of("deposited").compareTo(sum) != 0) {
            return "deposited " + coin.text("deposited") + " is not held + sold + released + reverted - missing = "
                    + sum;
        }
        return differing(
                Map.of(
                        "COLLATERAL_PLEDGED " + coin.asset(),
                        coin.of("held").negate(),
                        "MISSING_COLLATERAL " + coin.asset(),
                        coin.of("missing"),
                        "COIN_DUE_TO_DESK " + coin.asset(),
                        coin.of("delivered").subtract(coin.of("sold"))),
                sums);
    }

    private static @Nullable String differing(Map<String, BigDecimal> told, Map<String, BigDecimal> sums) {
        for (Map.Entry<String, BigDecimal> balance : told.entrySet()) {
            BigDecimal sum = sums.getOrDefault(balance.getKey(), BigDecimal.ZERO);
            if (sum.compareTo(balance.getValue()) != 0) {
                return balance.getKey() + " is " + balance.getValue() + " by the balances, " + sum + " by the entries";
            }
        }
        return null;
    }
}
