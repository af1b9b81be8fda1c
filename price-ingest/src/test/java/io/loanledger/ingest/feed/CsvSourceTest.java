package io.loanledger.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.PriceTick;
import io.loanledger.events.TickKind;
import java.io.BufferedReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSourceTest {
    @Test
    void readsTradesAndQuotesInstantByInstant() {
        var source = source("""
                # a day of two venues
                time,market,venue,kind,price,bid,ask,size,quote_currency

                2020-03-12T10:00:00Z,BTC-USD,alpha,TRADE,7300.5,,,0.25,USD
                2020-03-12T10:00:00Z,BTC-USD,bravo,QUOTE,,7300.1,7300.9,,USDT
                2020-03-12T10:00:01.5Z,BTC-USD,alpha,TRADE,7299,,,,USD
                """);

        TickSource.Batch first = source.next().orElseThrow();
        assertThat(first.at()).isEqualTo(Instant.parse("2020-03-12T10:00:00Z"));
        assertThat(first.ticks()).hasSize(2);
        PriceTick trade = first.ticks().getFirst();
        assertThat(trade.getEventId()).isEqualTo("day.csv:4");
        assertThat(trade.getKind()).isEqualTo(TickKind.TRADE);
        assertThat(trade.getPrice()).isEqualTo("7300.5");
        assertThat(trade.getSize()).isEqualTo("0.25");
        assertThat(trade.getBid()).isNull();
        PriceTick quote = first.ticks().getLast();
        assertThat(quote.getBid()).isEqualTo("7300.1");
        assertThat(quote.getQuoteCurrency()).isEqualTo("USDT");
        assertThat(source.next().orElseThrow().at()).isEqualTo(Instant.parse("2020-03-12T10:00:01.500Z"));
        assertThat(source.next()).isEmpty();
        assertThat(source.next()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-03-12T10:00Z,BTC-USD,alpha,TRADE,1,,,,USD,x       | expected 9 columns, found 10",
                "12.03.2020,BTC-USD,alpha,TRADE,1,,,,USD                | time is not like",
                "2020-03-12T10:00:00Z,,alpha,TRADE,1,,,,USD             | market is empty",
                "2020-03-12T10:00:00Z,BTC-USD,,TRADE,1,,,,USD           | venue is empty",
                "2020-03-12T10:00:00Z,BTC-USD,alpha,BID,1,,,,USD        | kind is TRADE or QUOTE",
                "2020-03-12T10:00:00Z,BTC-USD,alpha,TRADE,,,,,USD       | price is empty",
                "2020-03-12T10:00:00Z,BTC-USD,alpha,TRADE,1,2,,,USD     | bid does not belong",
                "2020-03-12T10:00:00Z,BTC-USD,alpha,QUOTE,,1,,,USD      | ask is empty",
                "2020-03-12T10:00:00Z,BTC-USD,alpha,QUOTE,1,1,1,,USD    | price does not belong",
                "2020-03-12T10:00:00Z,BTC-USD,alpha,TRADE,1e3,,,,USD    | not a plain decimal",
                "2020-03-12T10:00:00Z,BTC-USD,alpha,TRADE,1,,,,         | quote_currency is empty",
                "2020-03-12T09:59:59Z,BTC-USD,alpha,TRADE,1,,,,USD      | before the line above",
            })
    void namesTheLineThatIsNoTick(String line, String problem) {
        var source = source(HEADER + "\n2020-03-12T10:00:00Z,BTC-USD,alpha,TRADE,1,,,,USD\n" + line.strip() + "\n");

        assertThatThrownBy(() -> {
                    for (Optional<TickSource.Batch> next = source.next(); next.isPresent(); next = source.next()) {
                        assertThat(next.get().ticks()).isNotEmpty();
                    }
                })
                .isInstanceOf(io.loanledger.ingest.feed.CsvSource.Refused.class)
                .hasMessageStartingWith("day.csv:3: ")
                .hasMessageContaining(problem);
    }

    @Test
    void wantsItsHeader() {
        assertThatThrownBy(() -> source("2020-03-12T10:00:00Z,BTC-USD,alpha,TRADE,1,,,,USD")
                        .next())
                .hasMessageStartingWith("day.csv:1: expected the header");
        assertThat(source("").next()).isEmpty();
    }

    private static final String HEADER = io.loanledger.ingest.feed.CsvSource.HEADER;

    private static io.loanledger.ingest.feed.CsvSource source(String text) {
        return new io.loanledger.ingest.feed.CsvSource("day.csv", new BufferedReader(new StringReader(text)));
    }
}
