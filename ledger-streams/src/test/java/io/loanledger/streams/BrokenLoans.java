package io.loanledger.streams;

import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.Loan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Loans as no journal can have made them: what a failing disk, a stranger or a bug may leave in a store. */
public final class BrokenLoans {
    /** One bitcoin in satoshis, as a store has it: four bytes, highest first. */
    private static final byte[] ONE_COIN = {4, 0x05, (byte) 0xF5, (byte) 0xE1, 0x00};

    private BrokenLoans() {}

    /** The first amount of one coin in the bytes, which is what was deposited, becomes one satoshi more: CollateralConservation. */
    public static byte[] oneSatoshiMore(byte[] stored) {
        byte[] changed = stored.clone();
        for (int at = 0; at + ONE_COIN.length <= stored.length; at++) {
            boolean found = true;
            for (int i = 0; i < ONE_COIN.length; i++) {
                found &= stored[at + i] == ONE_COIN[i];
            }
            if (found) {
                changed[at + ONE_COIN.length - 1]++;
                return changed;
            }
        }
        throw new AssertionError("no amount of one coin in the bytes");
    }

    /**
     * With an instruction to release coin that the collateral knows nothing of: such a loan can be read, and breaks when custody says
     * that it has done so (CollateralConservation: less than nothing is on its way back).
     */
    public static Loan withUnknownRelease(Loan loan, String instructionId, String quantity) {
        List<Instruction> instructions = new ArrayList<>(loan.instructions());
        instructions.add(new Instruction(instructionId, Instruction.Kind.RELEASE_COLLATERAL, new BigDecimal(quantity)));
        return new Loan(
                loan.loanId(),
                loan.version(),
                loan.status(),
                loan.frozen(),
                loan.quarantine(),
                loan.application(),
                loan.agreement(),
                loan.position(),
                loan.pledges(),
                loan.disbursement(),
                loan.marginCall(),
                loan.openCase(),
                loan.backOff(),
                loan.closedCases(),
                loan.payments(),
                instructions,
                loan.suspense(),
                loan.counters(),
                loan.memory(),
                loan.reconciliation());
    }
}
