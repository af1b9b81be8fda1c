package io.loanledger.liquidation;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Decimals;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.util.List;

/**
 * Reads the list of markets from its setting. A market is
 * {@code name:base/scale:quote/scale:tick:largest order:notional in flight}, for example
 * {@code BTC-USD:BTC/8:USD/2:0.01:50:20000000}.
 */
final class MarketList {
    /** One market's own part of its rules. */
    record Line(String market, Asset base, Asset quote, BigDecimal tickSize, Quantity maxOrder, Money maxNotional) {}

    private MarketList() {}

    /**
     * Reads every line.
     *
     * @throws IllegalArgumentException with what was expected
     */
    static List<Line> read(List<String> texts) {
        return texts.stream().map(MarketList::line).toList();
    }

    private static Line line(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 6 || parts[0].isBlank()) {
            throw new IllegalArgumentException(
                    "expected market:base/scale:quote/scale:tick:largest order:notional in flight");
        }
        Asset base = asset(parts[1]);
        Asset quote = asset(parts[2]);
        return new Line(
                parts[0],
                base,
                quote,
                positive(parts[3], Asset.MAX_SCALE),
                new Quantity(positive(parts[4], base.scale()), base),
                new Money(positive(parts[5], quote.scale()), quote));
    }

    private static Asset asset(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,2}")) {
            throw new IllegalArgumentException("expected an asset and its decimal places, as BTC/8");
        }
        return new Asset(parts[0], Integer.parseInt(parts[1]));
    }

    private static BigDecimal positive(String text, int scale) {
        BigDecimal number =
                Decimals.parse(text).orElseThrow(() -> new IllegalArgumentException("expected plain decimal numbers"));
        if (number.signum() <= 0 || number.stripTrailingZeros().scale() > scale) {
            throw new IllegalArgumentException("expected positive numbers of no more decimal places than their asset");
        }
        return number;
    }
}
