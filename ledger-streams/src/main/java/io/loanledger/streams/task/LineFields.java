package io.loanledger.streams.task;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The fee of prepayment, and a line, as task-state keeps them. */
final class LineFields {
    private LineFields() {}

    static void write(DataOutputStream out, AgreementTerms agreed) throws IOException {
        PrepaymentTerms prepayment = agreed.prepayment();
        out.writeBoolean(prepayment != null);
        if (prepayment != null) {
            StateFields.write(out, prepayment.feeRate());
            out.writeInt(prepayment.freeFromDay());
        }
        LineTerms line = agreed.line();
        out.writeBoolean(line != null);
        if (line != null) {
            out.writeBoolean(line.revolving());
            StateFields.write(out, line.minimumDraw().amount());
            OriginationTerms fee = line.drawFee();
            out.writeBoolean(fee != null);
            if (fee != null) {
                StateFields.write(out, fee.fixed().amount());
                StateFields.write(out, fee.rate());
            }
        }
    }

    static AgreementTerms read(DataInputStream in, AgreementTerms agreed, Asset debtAsset) throws IOException {
        PrepaymentTerms prepayment =
                in.readBoolean() ? new PrepaymentTerms(StateFields.fraction(in), in.readInt()) : null;
        LineTerms line = in.readBoolean()
                ? new LineTerms(
                        in.readBoolean(),
                        new Money(StateFields.decimal(in), debtAsset),
                        in.readBoolean()
                                ? new OriginationTerms(
                                        new Money(StateFields.decimal(in), debtAsset), StateFields.fraction(in))
                                : null)
                : null;
        return agreed.withPrepayment(prepayment).withLine(line);
    }
}
