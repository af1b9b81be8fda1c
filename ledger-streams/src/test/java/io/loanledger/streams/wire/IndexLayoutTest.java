package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexSource;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.IndexState;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.InProcessSchemaRegistry;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.WireFormat;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The general reader is the measure: the layout reads as it does, or not at all. */
class IndexLayoutTest {
    private static final String MARKET = "BTC-USD";
    private static final Instant NOON = Instant.parse("2020-03-12T12:00:00.123456Z");
    private static final List<IndexState> STATES = List.copyOf(EnumSet.complementOf(EnumSet.of(IndexState.UNKNOWN)));
    private static final List<IndexSourceStatus> STATUSES =
            List.copyOf(EnumSet.complementOf(EnumSet.of(IndexSourceStatus.UNKNOWN)));

    private final InProcessSchemaRegistry registry = InProcessSchemaRegistry.ofScope("index-layout");
    private final RecordWriter writer = new RecordWriter(new SchemaRegistrar(registry).registerAll());
    private final RecordReader general = new RecordReader(registry);

    @Test
    void readsWhatAWriterWritesAsTheGeneralReaderDoes() {
        for (long seed = 1; seed <= 2_000; seed++) {
            byte[] value = bytes(ordinary(new Random(seed)));
            var read = IndexLayout.read(value, WireFormat.HEAD_BYTES, MARKET);
            assertThat(read).as("seed %d", seed).isNotNull().isEqualTo(inGeneral(value));
            assertThat(read.sources()).hasSameHashCodeAs(inGeneral(value).sources());
        }
    }

    /** A byte changed, the end cut off, something behind it: most of these are no record, and some are another one. */
    @Test
    void agreesWithTheGeneralReaderOnDamagedBytes() {
        int read = 0;
        int refused = 0;
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            byte[] value = damaged(bytes(random.nextBoolean() ? ordinary(random) : odd(random)), random);
            var byHand = IndexLayout.read(value, WireFormat.HEAD_BYTES, MARKET);
            if (byHand == null) {
                refused++;
            } else {
                read++;
                assertThat(byHand).as("seed %d", seed).isEqualTo(inGeneral(value));
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void agreesWithTheGeneralReaderOnWhatIsUnusual() {
        int leftToIt = 0;
        for (long seed = 1; seed <= 2_000; seed++) {
            byte[] value = bytes(odd(new Random(seed)));
            var byHand = IndexLayout.read(value, WireFormat.HEAD_BYTES, MARKET);
            if (byHand == null) {
                leftToIt++;
            } else {
                assertThat(byHand).as("seed %d", seed).isEqualTo(inGeneral(value));
            }
        }
        assertThat(leftToIt).isPositive();
    }

    @Test
    void leavesTheRecordOfAnotherMarketToTheGeneralReader() {
        byte[] value = bytes(priced("7934.57", IndexState.LIVE));
        assertThat(IndexLayout.read(value, WireFormat.HEAD_BYTES, MARKET)).isNotNull();
        for (String other : List.of("BTC-EUR", "BTC-US", "BTC-USDC", "", " ")) {
            assertThat(IndexLayout.read(value, WireFormat.HEAD_BYTES, other)).isNull();
        }
    }

    /** Each of them is refused, in words that only the general reader has. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.00", "1e3", " 1", "1.", ".5", "1.2.3", "", "1,5", "+1"})
    void leavesAPriceThatIsNoneToTheGeneralReader(String price) {
        byte[] value = bytes(priced(price, IndexState.LIVE));
        assertThat(IndexLayout.read(value, WireFormat.HEAD_BYTES, MARKET)).isNull();
        assertThat(inGeneral(value)).isNull();
    }

    @Test
    void leavesAnOpenMarketWithoutAPriceToTheGeneralReader() {
        byte[] value = bytes(priced(null, IndexState.DEGRADED));
        assertThat(IndexLayout.read(value, WireFormat.HEAD_BYTES, MARKET)).isNull();
        assertThat(inGeneral(value)).isNull();
    }

    /** Where it gives a price it is an equal one, zeros behind the last place included. */
    @ParameterizedTest
    @ValueSource(
            strings = {"7934.5700", "007934.57", "1", "0.00000001", "999999999999999999", "12345678901234567890.1"})
    void keepsThePlacesOfAPrice(String price) {
        byte[] value = bytes(priced(price, IndexState.LIVE));
        var byHand = IndexLayout.read(value, WireFormat.HEAD_BYTES, MARKET);
        if (new BigDecimal(price).precision() > 18) {
            assertThat(byHand).isNull();
        } else {
            assertThat(byHand).isNotNull().isEqualTo(inGeneral(value));
            assertThat(byHand.price()).isEqualTo(new BigDecimal(price));
        }
    }

    // --- the measure -------------------------------------------------------------------------------------------------

    private io.loanledger.core.price.@Nullable IndexPrice inGeneral(byte[] value) {
        if (general.read(TopicCatalogue.INDEX_PRICES, value) instanceof Decoded.Readable readable
                && BroadcastMapping.price(MARKET, (IndexPrice) readable.value())
                        instanceof MappedBroadcast.Price price) {
            return price.index();
        }
        return null;
    }

    private byte[] bytes(IndexPrice record) {
        return writer.bytes(TopicCatalogue.INDEX_PRICES, record);
    }

    // --- records -----------------------------------------------------------------------------------------------------

    private static IndexPrice priced(@Nullable String price, IndexState state) {
        return new IndexPrice(MARKET, 1L, 2L, NOON, price, state, "", 3, List.of());
    }

    private static IndexPrice ordinary(Random random) {
        IndexState state = STATES.get(random.nextInt(STATES.size()));
        boolean open = state == IndexState.LIVE || state == IndexState.DEGRADED;
        List<IndexSource> sources = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            sources.add(new IndexSource(
                    "venue" + i,
                    random.nextInt(5) == 0 ? null : decimal(random, 12),
                    "0.2",
                    status(random),
                    time(random)));
        }
        return new IndexPrice(
                MARKET,
                random.nextLong() >>> random.nextInt(2, 64),
                random.nextLong() >>> random.nextInt(2, 64),
                time(random),
                !open && random.nextBoolean() ? null : decimal(random, 12),
                state,
                random.nextBoolean() ? "" : "one of 5 venues is out",
                random.nextInt(10),
                sources);
    }

    /** Numbers without a bound, texts of other alphabets, prices that no venue asks. */
    private static IndexPrice odd(Random random) {
        IndexPrice ordinary = ordinary(random);
        List<IndexSource> sources = new ArrayList<>(ordinary.getSources());
        if (random.nextBoolean()) {
            sources.add(new IndexSource(
                    random.nextBoolean() ? "Zürich" : "",
                    random.nextBoolean() ? "-1.5" : decimal(random, 30),
                    "ein Fünftel",
                    status(random),
                    Instant.ofEpochSecond(random.nextInt())));
        }
        return IndexPrice.newBuilder(ordinary)
                .setEpoch(random.nextLong())
                .setPrice(random.nextBoolean() ? ordinary.getPrice() : decimal(random, 25))
                .setStateReason(random.nextInt(3) == 0 ? "Börse zu" : "x".repeat(random.nextInt(5_000)))
                .setQuorum(random.nextInt())
                .setSources(sources)
                .build();
    }

    private static IndexSourceStatus status(Random random) {
        return STATUSES.get(random.nextInt(STATUSES.size()));
    }

    /** Whole microseconds, before 1970 too. */
    private static Instant time(Random random) {
        return NOON.plusNanos(random.nextInt() * 1_000_000_000L).plusNanos(random.nextInt(1_000_000) * 1_000L);
    }

    private static String decimal(Random random, int mostDigits) {
        int digits = random.nextInt(1, mostDigits + 1);
        BigInteger unscaled = BigInteger.ONE.add(new BigInteger(digits * 3, random));
        return new BigDecimal(unscaled, random.nextInt(9)).toPlainString();
    }

    private static byte[] damaged(byte[] value, Random random) {
        int place = random.nextInt(WireFormat.HEAD_BYTES, value.length);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(value, place);
            case 1 -> Arrays.copyOf(value, value.length + random.nextInt(1, 4));
            default -> {
                byte[] changed = value.clone();
                changed[place] = (byte) random.nextInt();
                yield changed;
            }
        };
    }
}
