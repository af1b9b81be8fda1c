package io.loanledger.ingest.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Reads the project's own path files, whose columns and meaning their README states. A fault in one is a bug and throws. */
final class HourlyFile {
    private static final String HEADER = "hour_utc,low_pct,high_pct,close_pct";
    private static final Duration HOUR = Duration.ofHours(1);

    private record Row(Instant hour, BigDecimal low, String high, BigDecimal close) {}

    private HourlyFile() {}

    static PricePath read(String resource, String open, int scale) {
        List<String> lines = lines(resource);
        if (!lines.getFirst().equals(HEADER)) {
            throw new IllegalStateException(resource + " does not begin with " + HEADER);
        }
        List<Row> rows = lines.stream().skip(1).map(HourlyFile::row).toList();
        PricePath.Builder path = PricePath.from(rows.getFirst().hour(), open, scale);
        Row former = null;
        for (Row row : rows) {
            if (former != null && former.hour().plus(HOUR).isBefore(row.hour())) {
                path.at(row.hour(), betweenCloses(former, row));
            }
            if (row.high().isEmpty()) {
                path.at(row.hour().plus(Duration.ofMinutes(30)), row.low());
            } else {
                path.at(row.hour().plus(Duration.ofMinutes(20)), row.low());
                path.at(row.hour().plus(Duration.ofMinutes(40)), row.high());
            }
            path.at(row.hour().plus(HOUR), row.close());
            former = row;
        }
        return path.build();
    }

    /** Where the line from the former close to this one stands as this row's hour begins; to a thousandth of a percent. */
    private static BigDecimal betweenCloses(Row former, Row row) {
        Instant from = former.hour().plus(HOUR);
        BigDecimal span =
                BigDecimal.valueOf(Duration.between(from, row.hour().plus(HOUR)).toHours());
        BigDecimal gone = BigDecimal.valueOf(Duration.between(from, row.hour()).toHours());
        return former.close()
                .multiply(span.subtract(gone))
                .add(row.close().multiply(gone))
                .divide(span, 3, RoundingMode.HALF_EVEN);
    }

    private static Row row(String line) {
        String[] columns = line.split(",", -1);
        return new Row(
                OffsetDateTime.parse(columns[0]).toInstant(),
                new BigDecimal(columns[1]),
                columns[2],
                new BigDecimal(columns[3]));
    }

    private static List<String> lines(String resource) {
        try (InputStream in = HourlyFile.class.getResourceAsStream("/scenarios/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource scenarios/" + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
