package io.loanledger.streams.task;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.MarginCallTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ReleaseTerms;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of a product as task-state keeps them. Running loans are bound to terms that an older ledger wrote: every format that was
 * ever written is read, and what it did not know reads as what the ledger did then.
 */
final class TermsFields {
    /** From here on day count, basis and term; before it ACT/365F on what is outstanding, without a maturity. */
    private static final byte INTEREST_AND_TERM = 2;

    /** From here on how it is sold, tiers of haircuts, opening limits by coin and rules of release; before it there were none. */
    private static final byte SALE_AND_RELEASE = 3;
    /** From here on what not every product has; before it interest was simple at one rate. */
    private static final byte AGREEMENT = 3;

    private TermsFields() {}

    static void write(DataOutputStream out, ProductTerms terms) throws IOException {
        out.writeUTF(terms.productId());
        out.writeInt(terms.version());
        StateFields.write(out, terms.debtAsset());
        out.writeInt(terms.collateral().size());
        for (CollateralTerms collateral : terms.collateral()) {
            StateFields.write(out, collateral.asset());
            out.writeUTF(collateral.market());
            StateFields.write(out, collateral.haircut());
            StateFields.write(out, collateral.lotSize().amount());
        }
        StateFields.write(out, terms.openLtv());
        MarginCallTerms call = terms.marginCall();
        StateFields.write(out, call.threshold());
        StateFields.write(out, call.cureLtv());
        StateFields.write(out, call.curePeriod());
        StateFields.write(out, call.factLag());
        out.writeUTF(call.clockStopper().name());
        LiquidationTerms sale = terms.liquidation();
        StateFields.write(out, sale.threshold());
        StateFields.write(out, sale.targetLtv());
        StateFields.write(out, sale.minimumResidualDebt().amount());
        StateFields.write(out, sale.fee().rate());
        StateFields.write(out, sale.floorDiscount());
        StateFields.write(out, terms.interest().rate() instanceof Rate.Annual annual ? annual.annual() : Fraction.ZERO);
        out.writeUTF(terms.interest().dayCount().name());
        out.writeUTF(terms.exposureBasis().name());
        out.writeInt(terms.termDays());
        SaleFields.write(out, terms);
        out.writeBoolean(!terms.interest().isPlain());
        if (!terms.interest().isPlain()) {
            RateFields.write(out, terms.interest());
        }
    }

    static ProductTerms read(DataInputStream in, byte format) throws IOException {
        String productId = in.readUTF();
        int version = in.readInt();
        Asset debtAsset = StateFields.asset(in);
        int count = in.readInt();
        List<CollateralTerms> collateral = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Asset asset = StateFields.asset(in);
            collateral.add(new CollateralTerms(
                    asset, in.readUTF(), StateFields.fraction(in), new Quantity(StateFields.decimal(in), asset)));
        }
        Fraction openLtv = StateFields.fraction(in);
        MarginCallTerms call = new MarginCallTerms(
                StateFields.threshold(in),
                StateFields.fraction(in),
                StateFields.duration(in),
                StateFields.duration(in),
                MarginCallTerms.ClockStopper.valueOf(in.readUTF()));
        Threshold hard = StateFields.threshold(in);
        Fraction targetLtv = StateFields.fraction(in);
        Money minimumResidualDebt = new Money(StateFields.decimal(in), debtAsset);
        Fraction feeRate = StateFields.fraction(in);
        Fraction floorDiscount = StateFields.fraction(in);
        Fraction annualRate = StateFields.fraction(in);
        boolean first = format < INTEREST_AND_TERM;
        DayCount dayCount = first ? DayCount.ACT_365F : DayCount.valueOf(in.readUTF());
        ExposureBasis basis = first ? ExposureBasis.OUTSTANDING : ExposureBasis.valueOf(in.readUTF());
        int termDays = first ? 0 : in.readInt();
        boolean plain = format < SALE_AND_RELEASE;
        LiquidationTerms sale = plain
                ? new LiquidationTerms(hard, targetLtv, minimumResidualDebt, feeRate, floorDiscount)
                : SaleFields.sale(in, hard, targetLtv, minimumResidualDebt, feeRate, floorDiscount);
        if (!plain) {
            SaleFields.readCollateral(in, collateral);
        }
        ReleaseTerms release = plain ? null : SaleFields.release(in, debtAsset);
        InterestTerms interest = format >= AGREEMENT && in.readBoolean()
                ? RateFields.read(in, annualRate, dayCount)
                : new InterestTerms(annualRate, dayCount);
        return new ProductTerms(
                productId,
                version,
                debtAsset,
                collateral,
                openLtv,
                call,
                sale,
                interest,
                basis,
                termDays,
                release);
    }
}
