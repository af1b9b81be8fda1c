package io.loanledger.streams.task;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
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

    /** From here on a ladder, where a single call is not all of it. */
    private static final byte LADDER = 3;

    /** From here on whether one loan may have coin of several assets. */
    private static final byte MIXED_COLLATERAL = 3;

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
        Rung call = terms.ladder().lowest(Rung.Action.CALL);
        StateFields.write(out, call == null ? terms.liquidation().threshold() : call.threshold());
        StateFields.write(out, call == null ? terms.liquidation().targetLtv() : call.level());
        StateFields.write(out, call == null ? Duration.ZERO : call.period());
        StateFields.write(out, terms.ladder().factLag());
        out.writeUTF(terms.ladder().clockStopper().name());
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
        writeLadder(out, terms.ladder());
        SaleFields.write(out, terms);
        out.writeBoolean(!terms.interest().isPlain());
        if (!terms.interest().isPlain()) {
            RateFields.write(out, terms.interest());
        }
        out.writeBoolean(!terms.agreed().isPlain());
        if (!terms.agreed().isPlain()) {
            ScheduleFields.write(out, terms.agreed());
        }
        out.writeBoolean(terms.mixedCollateral());
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
        SingleCall call = new SingleCall(
                StateFields.threshold(in),
                StateFields.fraction(in),
                StateFields.duration(in),
                StateFields.duration(in),
                Ladder.ClockStopper.valueOf(in.readUTF()));
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
        Ladder ladder = format >= LADDER && in.readBoolean() ? ladder(in, call) : call.ladder();
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
        AgreementTerms agreed =
                format >= AGREEMENT && in.readBoolean() ? ScheduleFields.read(in, debtAsset) : AgreementTerms.PLAIN;
        boolean mixed = format >= MIXED_COLLATERAL && in.readBoolean();
        return new ProductTerms(
                productId,
                version,
                debtAsset,
                collateral,
                openLtv,
                ladder,
                sale,
                interest,
                basis,
                termDays,
                release,
                agreed,
                mixed);
    }

    /** The one call of older formats; beside a ladder only its fact lag and clock stopper count. */
    private record SingleCall(
            Threshold threshold,
            Fraction cureLtv,
            Duration curePeriod,
            Duration factLag,
            Ladder.ClockStopper clockStopper) {
        Ladder ladder() {
            return Ladder.of(threshold, cureLtv, curePeriod, factLag, clockStopper);
        }
    }

    private static void writeLadder(DataOutputStream out, Ladder ladder) throws IOException {
        out.writeBoolean(!ladder.isSingleCall());
        if (ladder.isSingleCall()) {
            return;
        }
        out.writeInt(ladder.rungs().size());
        for (Rung rung : ladder.rungs()) {
            StateFields.write(out, rung.threshold());
            out.writeUTF(rung.action().name());
            StateFields.write(out, rung.level());
            StateFields.write(out, rung.period());
            StateFields.write(out, rung.share());
        }
        StateFields.write(out, ladder.cureDwell());
        StateFields.write(out, ladder.disputeWindow());
        StateFields.write(out, ladder.answerWindow());
    }

    private static Ladder ladder(DataInputStream in, SingleCall call) throws IOException {
        int count = in.readInt();
        List<Rung> rungs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rungs.add(new Rung(
                    StateFields.threshold(in),
                    Rung.Action.valueOf(in.readUTF()),
                    StateFields.fraction(in),
                    StateFields.duration(in),
                    StateFields.fraction(in)));
        }
        return new Ladder(
                rungs,
                call.factLag(),
                call.clockStopper(),
                StateFields.duration(in),
                StateFields.duration(in),
                StateFields.duration(in));
    }
}
