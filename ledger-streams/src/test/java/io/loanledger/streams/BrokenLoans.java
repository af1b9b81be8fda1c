package io.loanledger.streams;

import java.nio.ByteBuffer;

/** Bytes of loans as no journal can have made them: what a failing disk, a stranger or a bug may leave in a store. */
public final class BrokenLoans {
    /** One bitcoin in satoshis, as a store has it: four bytes, highest first. */
    private static final byte[] ONE_COIN = {4, 0x05, (byte) 0xF5, (byte) 0xE1, 0x00};

    /** Behind format version, journal sequence and journal hash: length (doubled, as for all numbers) and text. */
    private static final int ID_AT = 1 + 8 + 32;

    /** The parts that follow, a number: a disbursement alone. Then no pledges, and the disbursement's id, "d". */
    private static final byte[] PAID_OUT = {1 << 4, 0, 2, 'd'};

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
}
