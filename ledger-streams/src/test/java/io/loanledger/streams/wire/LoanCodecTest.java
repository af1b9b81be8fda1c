package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.loan.Agreement;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.terms.ProductTerms;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

class LoanCodecTest {
    private static final int SEEDS = 3_000;

    /** The terms of whatever loan is being read. */
    private ProductTerms known;

    private final LoanCodec codec = new LoanCodec((productId, version) -> {
        assertThat(productId).isEqualTo(known.productId());
        assertThat(version).isEqualTo(known.version());
        return known;
    });

    @Test
    void givesBackTheLoanThatWasStored() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            StoredLoan stored = new RandomCore(seed).stored();
            remember(stored.loan());
            byte[] value = codec.encode(stored);

            assertThat(codec.decode(value)).as("seed %d", seed).isEqualTo(stored);
            assertThat(LoanCodec.journalSequence(value)).as("seed %d", seed).isEqualTo(stored.journalSequence());
            assertThat(LoanCodec.journalHash(value)).as("seed %d", seed).isEqualTo(stored.journalHash());
        }
    }

    @Test
    void givesEqualBytesForEqualLoans() {
        for (long seed = 1; seed <= 200; seed++) {
            StoredLoan stored = new RandomCore(seed).stored();
            remember(stored.loan());
            byte[] value = codec.encode(stored);

            assertThat(codec.encode(codec.decode(value))).as("seed %d", seed).isEqualTo(value);
        }
    }

    @Test
    void neverReadsOnAfterBytesThatEndEarly() {
        StoredLoan stored = new RandomCore(4).stored();
        remember(stored.loan());
        byte[] value = codec.encode(stored);

        for (int length = 0; length < value.length; length++) {
            byte[] shorter = Arrays.copyOf(value, length);
            assertThatThrownBy(() -> codec.decode(shorter))
                    .as("%d of %d bytes", length, value.length)
                    .isInstanceOf(IllegalStateException.class);
        }
        byte[] longer = Arrays.copyOf(value, value.length + 1);
        assertThatThrownBy(() -> codec.decode(longer)).hasMessageContaining("1 bytes after the end");
    }

    @Test
    void refusesAnotherFormatVersion() {
        byte[] value = codec.encode(new RandomCore(4).stored());
        value[0] = 5;

        assertThatThrownBy(() -> codec.decode(value)).hasMessageContaining("format version 5");
    }

    /**
     * Fails when the stored form changes. Stores and changelogs in use hold these bytes: a change needs a new format version, and the
     * old one must still be read. Then, and only then, a new golden value goes beside this one.
     */
    @Test
    void writesVersionFourAsItAlwaysDid() {
        StoredLoan stored = golden(SampleLoan.reconciled());

        assertThat(HexFormat.of().formatHex(codec.encode(stored))).isEqualTo(SampleLoan.GOLDEN_VERSION_FOUR);
        assertThat(codec.decode(HexFormat.of().parseHex(SampleLoan.GOLDEN_VERSION_FOUR)))
                .isEqualTo(stored);
    }

    @Test
    void readsVersionThreeStill() {
        StoredLoan stored = golden(SampleLoan.reconciled());

        assertThat(codec.decode(HexFormat.of().parseHex(SampleLoan.GOLDEN_VERSION_THREE)))
                .isEqualTo(stored);
    }

    @Test
    void readsVersionTwoStill() {
        StoredLoan stored = golden(SampleLoan.inLiquidationAfterDeclines());

        assertThat(codec.decode(HexFormat.of().parseHex(SampleLoan.GOLDEN_VERSION_TWO)))
                .isEqualTo(stored);
    }

    /** Version 2 ended before the coin that the desk gave back: what stands in suspense in that coin was counted for it. */
    @Test
    void takesCoinInSuspenseForReturnedWhereVersionTwoDidNotTell() {
        StoredLoan stored = golden(SampleLoan.reconciled());
        byte[] value = HexFormat.of().parseHex(SampleLoan.GOLDEN_VERSION_THREE);
        byte[] apart = HexFormat.of().parseHex("10" + "04017d7840"); // scale 8, 25,000,000 in four bytes
        int end = value.length - apart.length;
        assertThat(Arrays.copyOfRange(value, end, value.length)).isEqualTo(apart);
        byte[] before = Arrays.copyOf(value, end);
        before[0] = 2;

        assertThat(codec.decode(before)).isEqualTo(stored);
    }

    @Test
    void readsVersionOneStill() {
        StoredLoan stored = golden(SampleLoan.inLiquidation());

        assertThat(codec.decode(HexFormat.of().parseHex(SampleLoan.GOLDEN_VERSION_ONE)))
                .isEqualTo(stored);
    }

    /** Whatever an accident makes of the bytes, there is one exception to catch. */
    @Test
    void saysStoredLoanWhateverIsWrongWithTheBytes() {
        LoanCodec forgiving = new LoanCodec((productId, version) -> known);
        Set<Class<?>> causes = new HashSet<>();
        for (long seed = 1; seed <= 60; seed++) {
            StoredLoan stored = new RandomCore(seed).stored();
            remember(stored.loan());
            byte[] value = codec.encode(stored);
            for (int bit = 0; bit < value.length * Byte.SIZE; bit++) {
                byte[] spoilt = value.clone();
                spoilt[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
                try {
                    forgiving.decode(spoilt);
                } catch (IllegalStateException broken) {
                    assertThat(broken).as("seed %d, bit %d", seed, bit).hasMessageStartingWith("StoredLoan: ");
                    causes.add(broken.getCause().getClass());
                }
            }
        }
        assertThat(causes)
                .as("accidents of many kinds")
                .contains(
                        IllegalStateException.class,
                        IllegalArgumentException.class,
                        ArithmeticException.class,
                        NullPointerException.class,
                        DateTimeException.class);
    }

    @Test
    void passesOnThatTheTermsAreGoneOrTheirStoreFails() {
        byte[] value = codec.encode(golden(SampleLoan.inLiquidation()));
        for (RuntimeException notTheLoans : List.of(
                new IllegalStateException("TaskState: unknown terms"), new InvalidStateStoreException("closed"))) {
            LoanCodec without = new LoanCodec((productId, version) -> {
                throw notTheLoans;
            });

            assertThatThrownBy(() -> without.decode(value)).isSameAs(notTheLoans);
        }
    }

    private StoredLoan golden(Loan loan) {
        known = SampleLoan.TERMS;
        return new StoredLoan(
                loan, 0x0102030405060708L, ChainHash.of(HexFormat.of().parseHex("ab".repeat(32))));
    }

    @Test
    void keepsALoanInServiceSmall() {
        known = SampleLoan.TERMS;
        byte[] value = codec.encode(new StoredLoan(SampleLoan.inLiquidation(), 1, ChainHash.GENESIS));

        assertThat(value.length).isLessThan(600);
    }

    private void remember(Loan loan) {
        Agreement agreement = loan.agreement();
        if (agreement != null) {
            known = agreement.terms();
        }
    }
}
