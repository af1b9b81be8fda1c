package io.loanledger.core.model;

import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Who looks at the lender's whole book and says by how much coin of a market counts less. A new version mostly, now and then one that stands
 * already or stood before.
 */
final class RiskOffice extends Actor {
    private final ProductTerms product;
    private final Market market;
    private final Map<String, AddOn> said = new HashMap<>();
    private boolean looking;

    RiskOffice(Scene scene, ProductTerms product, Market market) {
        super(scene);
        this.product = product;
        this.market = market;
    }

    /** In histories of a lender who has such an office. */
    void looks() {
        looking = true;
    }

    /** Whether it said something. */
    boolean publishes() {
        if (!looking || !chance(4)) {
            return false;
        }
        DebtPrice debt = product.agreed().debtPrice();
        if (debt != null && chance(15)) {
            publish(debt.market()); // coin of other loans, and here what is owed: it says nothing of that
            return true;
        }
        String coin = one(product.collateral()).market();
        publish(coin);
        // It is judged at the next record of its market: of several markets that one comes first.
        if (product.mixedCollateral() && ledger.world().price(coin) != null) {
            market.again("price after an add-on", coin);
        }
        return true;
    }

    private void publish(String of) {
        AddOn former = said.get(of);
        if (former != null && chance(15)) {
            boolean older = former.version() > 1 && chance(50);
            ledger.addOn(of, older ? new AddOn(former.version() - 1, share()) : former);
        } else {
            AddOn next = new AddOn(former == null ? 1 : former.version() + 1 + random.nextInt(2), share());
            said.put(of, next);
            ledger.addOn(of, next);
        }
    }

    private BigDecimal share() {
        int dice = random.nextInt(100);
        if (dice < 20) {
            return BigDecimal.ZERO;
        }
        if (dice < 80) {
            return BigDecimal.valueOf(random.nextInt(250), 3);
        }
        return dice < 97
                ? BigDecimal.valueOf(random.nextLong(300_000_000_000L), AddOn.PLACES)
                : BigDecimal.valueOf(300 + random.nextInt(500), 3);
    }
}
