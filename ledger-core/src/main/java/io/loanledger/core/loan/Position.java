package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import java.util.ArrayList;
import java.util.List;

/**
 * What is owed, what secures it, and the money in between.
 *
 * @param debt what is owed
 * @param collateral the coin that the loan was requested on
 * @param settlement the money in between
 * @param further coin of other assets, in the order in which it first came; none but under terms for mixed collateral
 */
public record Position(Debt debt, Collateral collateral, Settlement settlement, List<Collateral> further) {
    public Position {
        further = List.copyOf(further);
    }

    /** On one asset. */
    public Position(Debt debt, Collateral collateral, Settlement settlement) {
        this(debt, collateral, settlement, List.of());
    }

    /** The coin of an asset; none of it when it never had any. */
    public Collateral coin(Asset asset) {
        if (collateral.asset().equals(asset)) {
            return collateral;
        }
        for (Collateral coin : further) {
            if (coin.asset().equals(asset)) {
                return coin;
            }
        }
        return Collateral.none(asset);
    }

    Position with(Debt next) {
        return new Position(next, collateral, settlement, further);
    }

    /** In the place of what it had of that asset. */
    Position with(Collateral next) {
        if (collateral.asset().equals(next.asset())) {
            return new Position(debt, next, settlement, further);
        }
        List<Collateral> others = new ArrayList<>(further);
        boolean known = false;
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i).asset().equals(next.asset())) {
                others.set(i, next);
                known = true;
            }
        }
        if (!known) {
            others.add(next);
        }
        return new Position(debt, collateral, settlement, others);
    }

    Position with(Settlement next) {
        return new Position(debt, collateral, next, further);
    }
}
