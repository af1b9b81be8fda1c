package io.loanledger.streams.task;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.SalePlan;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of stored terms that says how it is sold, what counts, and what may be released; behind the rest of {@link TermsFields}. */
final class SaleFields {
    private SaleFields() {}

    static void write(DataOutputStream out, ProductTerms terms) throws IOException {
        LiquidationTerms sale = terms.liquidation();
        out.writeUTF(sale.plan().name());
        StateFields.write(out, sale.closeFactor());
        out.writeUTF(sale.fee().base().name());
        StateFields.write(out, sale.penalty().rate());
        out.writeUTF(sale.penalty().base().name());
        writeOptional(out, sale.reverseLtv());
        for (CollateralTerms taken : terms.collateral()) {
            List<HaircutTier> further = taken.tiers().subList(1, taken.tiers().size());
            out.writeInt(further.size());
            for (HaircutTier tier : further) {
                StateFields.write(out, tier.over().amount());
                StateFields.write(out, tier.haircut());
            }
            writeOptional(out, taken.openLtv());
        }
        ReleaseTerms release = terms.release();
        out.writeBoolean(release != null);
        if (release != null) {
            StateFields.write(out, release.belowLtv());
            StateFields.write(out, release.backToLtv());
            StateFields.write(out, release.least().amount());
            StateFields.write(out, release.most().amount());
            out.writeInt(release.notBeforeDays());
            out.writeInt(release.intervalDays());
        }
    }

    /** The sale, of what stands before this part and what this part begins with. */
    static LiquidationTerms sale(
            DataInputStream in,
            Threshold hard,
            Fraction targetLtv,
            Money minimumResidualDebt,
            Fraction feeRate,
            Fraction floorDiscount)
            throws IOException {
        return new LiquidationTerms(
                hard,
                SalePlan.valueOf(in.readUTF()),
                targetLtv,
                StateFields.fraction(in),
                minimumResidualDebt,
                new Charge(feeRate, Charge.Base.valueOf(in.readUTF())),
                new Charge(StateFields.fraction(in), Charge.Base.valueOf(in.readUTF())),
                floorDiscount,
                optional(in));
    }

    /** Puts tiers and opening limits to the coins that were read before. */
    static void readCollateral(DataInputStream in, List<CollateralTerms> collateral) throws IOException {
        for (int i = 0; i < collateral.size(); i++) {
            CollateralTerms taken = collateral.get(i);
            List<HaircutTier> tiers = new ArrayList<>(taken.tiers());
            int further = in.readInt();
            for (int tier = 0; tier < further; tier++) {
                Quantity over = new Quantity(StateFields.decimal(in), taken.asset());
                tiers.add(new HaircutTier(over, StateFields.fraction(in)));
            }
            collateral.set(i, new CollateralTerms(taken.asset(), taken.market(), tiers, taken.lotSize(), optional(in)));
        }
    }

    static @Nullable ReleaseTerms release(DataInputStream in, Asset debtAsset) throws IOException {
        return in.readBoolean()
                ? new ReleaseTerms(
                        StateFields.fraction(in),
                        StateFields.fraction(in),
                        new Money(StateFields.decimal(in), debtAsset),
                        new Money(StateFields.decimal(in), debtAsset),
                        in.readInt(),
                        in.readInt())
                : null;
    }

    private static void writeOptional(DataOutputStream out, @Nullable Fraction fraction) throws IOException {
        out.writeBoolean(fraction != null);
        if (fraction != null) {
            StateFields.write(out, fraction);
        }
    }

    private static @Nullable Fraction optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? StateFields.fraction(in) : null;
    }
}
