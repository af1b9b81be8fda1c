package io.loanledger.liquidation;

import io.loanledger.core.liquidation.LiquidationBook;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.service.LedgerMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The service's own meters. Tasks write from their stream threads, scrapes read from another: what a gauge shows is a small immutable
 * picture that the task replaces.
 */
final class LiquidationMeters {
    private static final double NANOS = 1e9;

    /** One market at one moment of its task's clock. */
    private record Picture(
            int open,
            int queued,
            BigDecimal inFlight,
            @Nullable Instant oldest,
            int overdue,
            int missingFills,
            boolean halted,
            Instant now) {
        static final Picture EMPTY = new Picture(0, 0, BigDecimal.ZERO, null, 0, 0, false, Instant.EPOCH);

        double oldestSeconds() {
            return oldest == null
                    ? 0
                    : Math.max(0, Duration.between(oldest, now).toNanos() / NANOS);
        }
    }

    private final MeterRegistry registry;
    private final Map<String, Picture> markets = new ConcurrentHashMap<>();
    private final Map<String, Double> clockAhead = new ConcurrentHashMap<>();

    LiquidationMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Invariant invariant : Invariant.values()) {
            if (invariant.isCheckedBy(Invariant.By.LIQUIDATION)) {
                LedgerMeter.INVARIANT_VIOLATIONS.counter(registry, invariant.title());
            }
        }
    }

    /** Shows the market from now on. */
    void show(String market, LiquidationBook book, Instant now) {
        Picture picture = new Picture(
                book.openCases(),
                book.queuedCases(),
                book.notionalOnTheWay(),
                book.oldestOpenCase(),
                book.overdueOrders(),
                book.ordersMissingFills(),
                book.isHalted(),
                now);
        if (markets.put(market, picture) == null) {
            LedgerMeter.CASES_OPEN.gauge(registry, () -> of(market).open(), market);
            LedgerMeter.CASES_QUEUED.gauge(registry, () -> of(market).queued(), market);
            LedgerMeter.CASE_AGE_MAX.gauge(registry, () -> of(market).oldestSeconds(), market);
            LedgerMeter.IN_FLIGHT_NOTIONAL.gauge(
                    registry, () -> of(market).inFlight().doubleValue(), market);
            LedgerMeter.ORDERS_OVERDUE.gauge(registry, () -> of(market).overdue(), market);
            LedgerMeter.ORDERS_MISSING_FILLS.gauge(registry, () -> of(market).missingFills(), market);
            LedgerMeter.MARKET_HALTED.gauge(registry, () -> of(market).halted() ? 1 : 0, market);
            LedgerMeter.CLOCK_AHEAD.gauge(registry, () -> clockAhead.getOrDefault(market, 0.0), market);
        }
    }

    /** The task has gone elsewhere: its cases are counted there. */
    void hide(String market) {
        markets.remove(market);
        clockAhead.remove(market);
    }

    /** How far the clock stood ahead of a price when that was read; negative when the price was ahead. */
    void priceRead(String market, Instant priceTime, Instant now) {
        clockAhead.put(market, Duration.between(priceTime, now).toNanos() / NANOS);
    }

    private Picture of(String market) {
        return markets.getOrDefault(market, Picture.EMPTY);
    }

    void orderSent(String market) {
        LedgerMeter.ORDERS.counter(registry, market).increment();
    }

    void tickToOrder(String market, Duration time) {
        LedgerMeter.TICK_TO_ORDER.timer(registry, market).record(time);
    }

    void fillBooked() {
        LedgerMeter.FILLS.counter(registry).increment();
    }

    void declined(String reason) {
        LedgerMeter.DECLINES.counter(registry, reason).increment();
    }

    void suspended(String reason) {
        LedgerMeter.SUSPENSE.counter(registry, reason).increment();
    }

    void alarmed(String market, String kind) {
        LedgerMeter.DESK_ALARMS.counter(registry, market, kind).increment();
    }

    void strayed(String topic) {
        LedgerMeter.STRAYED.counter(registry, topic).increment();
    }

    void deadLetter(String topic, String reason) {
        LedgerMeter.DEAD_LETTERS.counter(registry, topic, reason).increment();
    }

    void invariantBroken(Invariant invariant) {
        LedgerMeter.INVARIANT_VIOLATIONS.counter(registry, invariant.title()).increment();
    }
}
