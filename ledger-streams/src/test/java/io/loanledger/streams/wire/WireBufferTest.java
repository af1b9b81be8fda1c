package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireBufferTest {
    private final WireBuffer buffer = new WireBuffer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "-0.05",
                "0.00000001",
                "-1",
                "10",
                "100.00",
                "12345.6789",
                "999999999999999999",
                "-999999999999999999",
                "9999999999.99999999",
                "1000000000000000000",
                "-9223372036854775808",
                "9223372036854775807",
                "123456789012345678901234567890.12345678",
                "0.000000000000000000000000000001",
                "-0.0000000000000000000000000000000000000000000000000000000000000000001"
            })
    void writesADecimalWithAllOfItsPlaces(String text) {
        assertThat(written(new BigDecimal(text))).isEqualTo(text);
    }

    @Test
    void writesEveryDecimalAsItsPlainString() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            BigInteger unscaled = new BigInteger(random.nextInt(100), random);
            BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(40));
            assertThat(written(value)).as("seed %d", seed).isEqualTo(value.toPlainString());
        }
    }

    @Test
    void writesNoDecimalOfANegativeScale() {
        assertThatThrownBy(() -> buffer.putDecimalString(new BigDecimal("1E+2")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The first time the array has to grow for them, too. */
    @Test
    void givesBackLongsOfEightBytesWhereverTheyStand() {
        Random random = new Random(1);
        long[] values = random.longs(2_000).toArray();
        for (long value : values) {
            buffer.putByte(1);
            buffer.putFixedLong(value);
        }
        WireReader in = new WireReader(buffer.copy());
        for (long value : values) {
            assertThat(in.readByte()).isEqualTo(1);
            assertThat(in.readFixedLong()).isEqualTo(value);
        }
        in.requireEnd();
    }

    @Test
    void writesTheHighestByteOfALongFirst() {
        buffer.putFixedLong(0x0102030405060708L);
        assertThat(buffer.copy()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    private String written(BigDecimal value) {
        buffer.clear();
        buffer.putDecimalString(value);
        WireReader in = new WireReader(buffer.copy());
        String text = in.readString();
        in.requireEnd();
        return text;
    }
}
