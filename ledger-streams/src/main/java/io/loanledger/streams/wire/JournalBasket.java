package io.loanledger.streams.wire;

import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.OtherCoin;
import java.util.List;

/** Coin in the journal's records, in the order of their fields. */
final class JournalBasket {
    private JournalBasket() {}

    /** All figures of one asset. */
    static void write(JournalValueWriter out, Collateral coin) {
        out.decimal(coin.deposited().amount());
        out.decimal(coin.held().amount());
        out.decimal(coin.reserved().amount());
        out.decimal(coin.releasing().amount());
        out.decimal(coin.sold().amount());
        out.decimal(coin.delivered().amount());
        out.decimal(coin.released().amount());
        out.decimal(coin.reverted().amount());
        out.decimal(coin.missing().amount());
    }

    static Collateral collateral(JournalFields in, String asset) {
        return new Collateral(
                in.coin("deposited", asset),
                in.coin("held", asset),
                in.coin("reserved", asset),
                in.coin("releasing", asset),
                in.coin("sold", asset),
                in.coin("delivered", asset),
                in.coin("released", asset),
                in.coin("reverted", asset),
                in.coin("missing", asset));
    }

    /** What counted beside the coin of an evidence. */
    static void write(JournalValueWriter out, List<OtherCoin> others) {
        out.arrayOf(others.size());
        for (OtherCoin other : others) {
            out.coin(other.pledged());
            out.decimal(other.counted());
            out.text(other.market());
            out.number(other.epoch());
            out.number(other.sequence());
            out.instant(other.priceTime());
            out.decimal(other.price());
        }
        out.endOfArray();
    }

    static OtherCoin other(JournalFields in) {
        return new OtherCoin(
                in.coin("pledged"),
                in.decimal("counted"),
                in.text("market"),
                in.number("epoch"),
                in.number("sequence"),
                in.instant("priceTime"),
                in.decimal("price"));
    }
}
