package io.loanledger.core.terms;

import java.math.BigDecimal;

/**
 * By how much coin of a market counts less because the lender's whole book has much of it. Of a market's add-ons the one of the highest
 * version stands.
 *
 * @param version from 1
 * @param share from 0 to under 1, at most {@link #PLACES} places: coin is valued at price x (1 - share)
 */
public record AddOn(int version, BigDecimal share) {
    public static final int PLACES = 12;

    public AddOn {
        share = share.stripTrailingZeros();
        if (version < 1 || share.signum() < 0 || share.compareTo(BigDecimal.ONE) >= 0 || share.scale() > PLACES) {
            throw new IllegalArgumentException("an add-on is of a version from 1, from 0 to under 1 and of at most "
                    + PLACES + " places, not " + share.toPlainString() + " of version " + version);
        }
    }
}
