package io.loanledger.streams;

import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.Loan;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Loans as no journal can have made them: what a failing disk, a stranger or a bug may leave in a store. */
public final class BrokenLoans {
    /** One bitcoin in satoshis, as a store has it: four bytes, highest first. */
    private static final byte[] ONE_COIN = {4, 0x05, (byte) 0xF5, (byte) 0xE1, 0x00};

    /** Behind format version, journal sequence and journal hash: length (doubled, as for all numbers) and text. */
    private static final int ID_AT = 1 + 8 + 32;

    /** The parts that follow: a disbursement alone. Then no pledges, and the disbursement's id, "d". */
    private static final byte[] PAID_OUT = {1 << 3, 0, 2, 'd'};

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
     * Paid out before any terms: there is no currency to read the amount in, which is not a corrupt byte but an exception of another
     * kind. Place in the journal, id and version stay as they were.
     */
    public static byte[] paidOutWithoutTerms(byte[] stored) {
        int at = ID_AT + 1 + (stored[ID_AT] >> 1);
        while (stored[at] < 0) {
            at++; // a byte of the version that is not its last
        }
        int afterStatus = at + 2;
        return ByteBuffer.allocate(afterStatus + PAID_OUT.length)
                .put(stored, 0, afterStatus)
                .put(PAID_OUT)
                .array();
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
