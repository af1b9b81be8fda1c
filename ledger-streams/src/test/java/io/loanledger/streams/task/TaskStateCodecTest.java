package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.serde.InProcessSchemaRegistry;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.WireFormat;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.Facts;
import io.loanledger.streams.wire.BroadcastMapping;
import io.loanledger.streams.wire.IndexLayout;
import io.loanledger.streams.wire.MappedBroadcast.ProductChanged;
import io.loanledger.streams.wire.MappedBroadcast.Terms;
import io.loanledger.streams.wire.TermsForTests;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TaskStateCodecTest {
    private static final Instant AT = Instant.parse("2020-03-12T10:46:00.123456Z");
    private static final IndexPrice OPEN = new IndexPrice(
            "BTC-USD",
            3,
            41,
            AT,
            new BigDecimal("7934.5700"),
            IndexState.DEGRADED,
            "a venue is out",
            3,
            List.of(
                    new IndexSource("one", new BigDecimal("7934.57"), IndexSource.Status.USED, AT),
                    new IndexSource("two", null, IndexSource.Status.AGED, null)));
    private static final IndexPrice EMPTY =
            new IndexPrice("ETH-USD", 1, 1, AT, null, IndexState.STALE, "", 3, List.of());

    @Test
    void givesBackWhatWasWritten() {
        LastIndex last = new LastIndex(OPEN, 1_583_000_000_123L, AT);
        assertThat(TaskStateCodec.lastIndex("BTC-USD", TaskStateCodec.encode(last)))
                .isEqualTo(last);
        LastIndex none = new LastIndex(EMPTY, 0, AT);
        assertThat(TaskStateCodec.lastIndex("ETH-USD", TaskStateCodec.encode(none)))
                .isEqualTo(none);
        OpenSweep sweep = new OpenSweep("BTC-USD", OPEN, OPEN, null, 7, 700_000_000_000L);
        assertThat(TaskStateCodec.sweep(TaskStateCodec.encode(sweep))).isEqualTo(sweep);
        TermsPosition position = new TermsPosition(2, 9);
        assertThat(TaskStateCodec.termsPosition(TaskStateCodec.encode(position)))
                .isEqualTo(position);
        ProductTerms terms = terms();
        assertThat(TaskStateCodec.terms(TaskStateCodec.encode(terms))).isEqualTo(terms);
    }

    @Test
    void keepsAnIndexRecordAsItCame() {
        InProcessSchemaRegistry registry = InProcessSchemaRegistry.ofScope("task-state-codec");
        RecordWriter writer = new RecordWriter(new SchemaRegistrar(registry).registerAll());
        byte[] value = writer.bytes(
                TopicCatalogue.INDEX_PRICES,
                new io.loanledger.events.IndexPrice(
                        "BTC-USD",
                        3L,
                        41L,
                        AT,
                        "7934.5700",
                        io.loanledger.events.IndexState.LIVE,
                        "",
                        3,
                        List.of(new io.loanledger.events.IndexSource(
                                "one", "7934.57", "1", IndexSourceStatus.USED, AT))));
        IndexPrice index = Objects.requireNonNull(IndexLayout.read(value, WireFormat.HEAD_BYTES, "BTC-USD"));
        byte[] stored = TaskStateCodec.encode(new LastIndex(index, 1_583_000_000_123L, AT.plusMillis(1), value));

        assertThat(Arrays.copyOfRange(stored, stored.length - value.length + WireFormat.HEAD_BYTES, stored.length))
                .isEqualTo(Arrays.copyOfRange(value, WireFormat.HEAD_BYTES, value.length));
        assertThat(TaskStateCodec.lastIndex("BTC-USD", stored))
                .isEqualTo(new LastIndex(index, 1_583_000_000_123L, AT.plusMillis(1)));
        assertThatThrownBy(() -> TaskStateCodec.lastIndex("BTC-USD", Arrays.copyOf(stored, stored.length - 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TaskState");
        assertThatThrownBy(() -> TaskStateCodec.lastIndex("ETH-USD", stored)).hasMessageContaining("ETH-USD");
    }

    /** Version 1 ended with the rate: behind it stands the day count, a text with its length before it. */
    @Test
    void readsTermsOfVersionOneAsWhatTheyWereThen() {
        ProductTerms terms = terms();
        byte[] now = TaskStateCodec.encode(terms);
        byte[] then = Arrays.copyOf(now, startOf("ACT_365F", now) - 2);
        then[0] = 1;
        ProductTerms read = TaskStateCodec.terms(then);
        assertThat(read.interest()).isEqualTo(new InterestTerms(terms.interest().annualRate(), DayCount.ACT_365F));
        assertThat(read.exposureBasis()).isEqualTo(ExposureBasis.OUTSTANDING);
        assertThat(read.termDays()).isZero();
        assertThat(read.liquidation()).isEqualTo(terms.liquidation());
    }

    /** Version 2 knew the terms of this product whole: it ended with the days of the term, behind the basis. */
    @Test
    void readsTermsOfVersionTwoAsWhatTheyWereThen() {
        byte[] now = TaskStateCodec.encode(terms());
        byte[] then = Arrays.copyOf(now, startOf("OUTSTANDING", now) + "OUTSTANDING".length() + Integer.BYTES);
        then[0] = 2;
        assertThat(TaskStateCodec.terms(then)).isEqualTo(terms());
    }

    private static int startOf(String text, byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void refusesBytesThatItDidNotWrite() {
        byte[] whole = TaskStateCodec.encode(terms());
        assertThatThrownBy(() -> TaskStateCodec.terms(Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TaskStateCodec.terms(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("behind its end");
        whole[0] = 9;
        assertThatThrownBy(() -> TaskStateCodec.terms(whole)).hasMessageContaining("version 9");
    }

    /** Terms with everything that a version can hold, of many kinds. */
    @Test
    void givesBackTermsOfEveryKind() {
        for (long seed = 1; seed <= 100; seed++) {
            ProductTerms terms = TermsForTests.any(seed);
            assertThat(TaskStateCodec.terms(TaskStateCodec.encode(terms))).isEqualTo(terms);
        }
    }

    private static ProductTerms terms() {
        Terms mapped = (Terms) BroadcastMapping.terms(Facts.fanned(1, Facts.product(4, "0.12")));
        return ((ProductChanged) mapped.change()).terms();
    }
}
