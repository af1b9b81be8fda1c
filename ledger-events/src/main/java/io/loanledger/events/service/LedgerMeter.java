package io.loanledger.events.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Every meter of the ledger's own: the only place where the name of one is written. Dashboards and alert rules use these names, and
 * {@code docs/metrics.md} is this list in prose; tests keep the three equal.
 *
 * <p>A meter always carries the same labels, in the order declared here, because Prometheus drops a series whose label names differ from
 * those registered first. Giving another number of label values, or asking a counter of a gauge, is a bug and throws.
 *
 * <p>Gauges hold their supplier strongly and call it at each scrape on the scraping thread: it must be quick and safe to call from there.
 */
public enum LedgerMeter {
    LAG_RECORDS(
            Kind.GAUGE,
            "ledger_lag_records",
            "Committed records that the group has not yet read, counted in offsets",
            "group",
            "topic",
            "partition"),
    LAG_SECONDS(
            Kind.GAUGE,
            "ledger_lag_seconds",
            "Age by append time of the oldest committed record that the group has not yet read; 0 when there is none",
            "group",
            "topic",
            "partition"),
    OPEN_TRANSACTION_RECORDS(
            Kind.GAUGE,
            "ledger_open_transaction_records",
            "Offsets between the last stable offset and the end of a partition: what an open transaction hides from readers",
            "group",
            "topic",
            "partition"),
    OPEN_TRANSACTION_SECONDS(
            Kind.GAUGE,
            "ledger_open_transaction_seconds",
            "How long the last stable offset of a partition has stood still behind its end",
            "group",
            "topic",
            "partition"),
    LAG_PROBE_FAILURES(
            Kind.COUNTER,
            "ledger_lag_probe_failures_total",
            "Measurements of the lag that failed; the lag series are absent until one succeeds",
            "group"),
    RESTORING(Kind.GAUGE, "ledger_restoring", "1 while the service restores its stores, otherwise 0"),
    STREAM_THREADS_REPLACED(
            Kind.COUNTER,
            "ledger_stream_threads_replaced_total",
            "Threads that were replaced because the broker had ended their transaction; more than 10 within 10 minutes end the instance"),
    INVARIANT_VIOLATIONS(
            Kind.COUNTER, "ledger_invariant_violations_total", "Invariants found broken; must stay 0", "invariant"),
    DEAD_LETTERS(
            Kind.COUNTER,
            "ledger_dead_letters_total",
            "Records that could not be read and were set aside",
            "topic",
            "reason"),
    STRAYED(
            Kind.COUNTER,
            "ledger_strayed_total",
            "Records found outside their key's partition and sent on to it",
            "topic"),

    PRICE_AGE(
            Kind.GAUGE,
            "ledger_price_age_seconds",
            "Wall-clock age of the newest index price that the ledger has processed",
            "market"),
    PRICE_TIME(
            Kind.GAUGE,
            "ledger_price_time_seconds",
            "Price time of the newest index price that the ledger has processed, seconds since 1970",
            "market"),
    LOANS(Kind.GAUGE, "ledger_loans", "Loans in the tasks of this instance", "status"),
    LOANS_QUARANTINED(
            Kind.GAUGE,
            "ledger_loans_quarantined",
            "Loans in the tasks of this instance for which nothing is decided, because an invariant of theirs was broken"),
    LOANS_IN_DEFAULT(
            Kind.GAUGE, "ledger_loans_in_default", "Loans in the tasks of this instance that are in default", "reason"),
    LOANS_PAST_DUE(
            Kind.GAUGE,
            "ledger_loans_past_due",
            "Loans in the tasks of this instance by the days, in price time, since their oldest unpaid instalment fell due",
            "days"),
    LIQUIDATIONS_OPEN(Kind.GAUGE, "ledger_liquidations_open", "Liquidation cases open in the tasks of this instance"),
    MARGIN_CALLS_OPEN(Kind.GAUGE, "ledger_margin_calls_open", "Margin calls open in the tasks of this instance"),
    NAMED_ACCOUNT_POSTINGS(
            Kind.COUNTER,
            "ledger_named_account_postings_total",
            "Events booked on an account that people have to settle",
            "account"),
    REJECTIONS(Kind.COUNTER, "ledger_rejections_total", "Well-formed inputs that the business refused", "reason"),
    DUPLICATES(
            Kind.COUNTER,
            "ledger_duplicates_total",
            "Inputs whose event id had been applied before; they change nothing"),
    JOURNAL_SEQUENCE(
            Kind.GAUGE, "ledger_journal_sequence", "Sequence of the newest journal record of a partition", "partition"),
    TICK_VISITS(
            Kind.COUNTER, "ledger_tick_visits_total", "Loans looked at because an index price reached their trigger"),
    BROADCAST_REFUSED(
            Kind.COUNTER,
            "ledger_broadcast_refused_total",
            "Index prices and terms that a task did not take",
            "topic",
            "reason"),
    BOOK_MISMATCHES(
            Kind.GAUGE,
            "ledger_book_mismatches",
            "Sums of the book that the last recount of the loans found otherwise; must stay 0"),
    BOOK_RECOUNTS(Kind.GAUGE, "ledger_book_recounts", "Recounts of all loans that tasks of this instance have ended"),
    RECONCILIATION_DIFFERENCES(
            Kind.GAUGE,
            "ledger_reconciliation_differences",
            "Differences with custodian or desk that are open",
            "counterparty"),
    RECONCILIATION_AGE(
            Kind.GAUGE,
            "ledger_reconciliation_difference_age_seconds",
            "Price time since the oldest difference with custodian or desk that is open; 0 when there is none",
            "counterparty"),
    CUSTODY_STATEMENTS(
            Kind.COUNTER, "ledger_custody_statements_total", "Statements of custodians that were read and not refused"),
    SWEEP_OPEN(Kind.GAUGE, "ledger_sweep_open", "Tasks of this instance with a sweep of fired loans not yet finished"),

    INDEX_STATE(
            Kind.GAUGE,
            "price_index_state",
            "1 for the present state of a market's index, 0 for each of the others",
            "market",
            "state"),
    TICKS(Kind.COUNTER, "price_ticks_total", "Venue ticks taken", "venue"),
    TICKS_REFUSED(Kind.COUNTER, "price_ticks_refused_total", "Venue ticks refused", "reason"),
    INDEX_AGE(
            Kind.GAUGE,
            "price_index_age_seconds",
            "Wall-clock time since the last index price of a market was published",
            "market"),
    INDEX_BEGUN_ANEW(
            Kind.COUNTER,
            "price_index_begun_anew_total",
            "Times that a market's index began anew because its last one lay ahead of the clock",
            "market"),
    SOURCES_USED(Kind.GAUGE, "price_sources_used", "Venues that entered the last index price of a market", "market"),

    CASES_OPEN(Kind.GAUGE, "liquidation_cases_open", "Liquidation cases not yet settled for good", "market"),
    CASES_QUEUED(
            Kind.GAUGE, "liquidation_cases_queued", "Liquidation cases waiting for a slot of their market", "market"),
    CASE_AGE_MAX(
            Kind.GAUGE,
            "liquidation_case_age_max_seconds",
            "Age of the oldest liquidation case that is not yet settled for good; 0 when there is none",
            "market"),
    IN_FLIGHT_NOTIONAL(
            Kind.GAUGE,
            "liquidation_in_flight_notional",
            "Value at the floor price of the orders on their way, in the market's quote currency",
            "market"),
    ORDERS(Kind.COUNTER, "liquidation_orders_total", "Sell orders sent", "market"),
    FILLS(Kind.COUNTER, "liquidation_fills_total", "Fills booked, duplicates not counted"),
    DECLINES(Kind.COUNTER, "liquidation_declines_total", "Requests declined before an order was sent", "reason"),
    SUSPENSE(
            Kind.COUNTER,
            "liquidation_suspense_total",
            "Reports of a desk that fit no order and were set aside",
            "reason"),
    DESK_ALARMS(
            Kind.COUNTER,
            "liquidation_desk_alarms_total",
            "What desks did, or did not do, that people have to look at",
            "market",
            "kind"),
    ORDERS_OVERDUE(
            Kind.GAUGE,
            "liquidation_orders_overdue",
            "Orders whose desk has not reported their end, or not all of their fills, well after their expiry",
            "market"),
    ORDERS_MISSING_FILLS(
            Kind.GAUGE,
            "liquidation_orders_missing_fills",
            "Orders of which the desk counts more filled than it has reported fill by fill",
            "market"),
    MARKET_HALTED(
            Kind.GAUGE,
            "liquidation_market_halted",
            "1 while a market gets no new order because its book does not add up, otherwise 0",
            "market"),
    CLOCK_AHEAD(
            Kind.GAUGE,
            "liquidation_clock_ahead_seconds",
            "The processor's clock less the price time of the newest index price, when that was read; below 0 the clock is behind",
            "market"),
    TICK_TO_ORDER(
            Kind.TIMER,
            "liquidation_tick_to_order_seconds",
            "Wall-clock time from the append of the index price that caused a sale to its sell order",
            "market");

    /** What Prometheus calls the type of a meter; a timer is a histogram in seconds. */
    public enum Kind {
        GAUGE,
        COUNTER,
        TIMER
    }

    /** Upper bounds of a timer's buckets: the budget of a tick is tens of milliseconds, a fail-over takes seconds. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(20),
        Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(500),
                Duration.ofSeconds(1),
        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30),
                Duration.ofSeconds(60)
    };

    private final Kind kind;
    private final String prometheusName;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    LedgerMeter(Kind kind, String prometheusName, String meaning, String... labels) {
        this.kind = kind;
        this.prometheusName = prometheusName;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    public Kind kind() {
        return kind;
    }

    /** The name in Prometheus, with {@code _total} for a counter and without {@code _bucket} for a timer. */
    public String prometheusName() {
        return prometheusName;
    }

    /** One sentence without a full stop, with the unit where the name does not say it. */
    public String meaning() {
        return meaning;
    }

    /** Names of the labels, in the order in which their values are given. */
    public List<String> labels() {
        return labels;
    }

    /** Registers a gauge that reads {@code value} at each scrape; a second one for the same labels changes nothing. */
    public void gauge(MeterRegistry registry, DoubleSupplier value, String... labelValues) {
        Tags tags = tags(Kind.GAUGE, labelValues);
        Gauge.builder(meterName(), value::getAsDouble)
                .description(meaning)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** A gauge whose set of rows changes; its rows are made with {@link #row}. */
    public MultiGauge rows(MeterRegistry registry) {
        require(Kind.GAUGE);
        return MultiGauge.builder(meterName()).description(meaning).register(registry);
    }

    /** One row of {@link #rows}. */
    public MultiGauge.Row<?> row(double value, String... labelValues) {
        return MultiGauge.Row.of(tags(Kind.GAUGE, labelValues), value);
    }

    /** The counter for these label values, registered at the first call; keep it where a call is made for every record. */
    public Counter counter(MeterRegistry registry, String... labelValues) {
        return Counter.builder(meterName())
                .description(meaning)
                .tags(tags(Kind.COUNTER, labelValues))
                .register(registry);
    }

    /** The timer for these label values, registered at the first call. */
    public Timer timer(MeterRegistry registry, String... labelValues) {
        return Timer.builder(meterName())
                .description(meaning)
                .tags(tags(Kind.TIMER, labelValues))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Micrometer adds the ending of the kind itself. */
    private String meterName() {
        return switch (kind) {
            case GAUGE -> prometheusName;
            case COUNTER -> prometheusName.substring(0, prometheusName.length() - "_total".length());
            case TIMER -> prometheusName.substring(0, prometheusName.length() - "_seconds".length());
        };
    }

    private Tags tags(Kind asked, String... values) {
        require(asked);
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(
                    prometheusName + " has the labels " + labels + ", given were " + List.of(values));
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(labels.get(i), values[i]);
        }
        return tags;
    }

    private void require(Kind asked) {
        if (kind != asked) {
            throw new IllegalArgumentException(prometheusName + " is a " + kind + ", not a " + asked);
        }
    }
}
