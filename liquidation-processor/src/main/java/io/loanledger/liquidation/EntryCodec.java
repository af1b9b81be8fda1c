package io.loanledger.liquidation;

import io.loanledger.core.liquidation.BlockEntry;
import io.loanledger.core.liquidation.BookEntry;
import io.loanledger.core.liquidation.CaseEnd;
import io.loanledger.core.liquidation.CaseEntry;
import io.loanledger.core.liquidation.CaseStage;
import io.loanledger.core.liquidation.DeskReport;
import io.loanledger.core.liquidation.EntryKey;
import io.loanledger.core.liquidation.FillEntry;
import io.loanledger.core.liquidation.MarketEntry;
import io.loanledger.core.liquidation.MarketHalt;
import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.liquidation.SaleAmendment;
import io.loanledger.core.liquidation.SaleEvidence;
import io.loanledger.core.liquidation.SaleReason;
import io.loanledger.core.liquidation.SaleRequest;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import java.math.BigInteger;

/**
 * A book's entries as bytes: one byte of format version, one of kind, then the fields in the order of the records. Enums are written by
 * name, so that a new constant moves nothing. A newer program reads every older version; an older one refuses a newer version by
 * throwing, and the application stops.
 */
final class EntryCodec {
    private static final int VERSION = 2;

    /** Knew no halt, nothing told in all, and one alarm instead of a count of questions. */
    private static final int FIRST_VERSION = 1;

    private final MarketRules rules;

    EntryCodec(MarketRules rules) {
        this.rules = rules;
    }

    byte[] write(BookEntry entry) {
        EntryWriter out =
                new EntryWriter().number(VERSION).number(entry.key().kind().number());
        switch (entry) {
            case MarketEntry market -> write(out, market);
            case CaseEntry sale -> write(out, sale);
            case BlockEntry block -> write(out, block);
            case OrderEntry order -> write(out, order);
            case FillEntry fill -> write(out, fill);
        }
        return out.toByteArray();
    }

    BookEntry read(byte[] bytes) {
        EntryReader in = new EntryReader(bytes);
        long version = in.number();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalStateException(
                    "an entry of version " + version + ", but this program reads " + FIRST_VERSION + " to " + VERSION);
        }
        long number = in.number();
        for (EntryKey.Kind kind : EntryKey.Kind.values()) {
            if (kind.number() == number) {
                BookEntry entry = switch (kind) {
                    case MARKET -> market(in, version);
                    case CASE -> sale(in);
                    case BLOCK -> block(in);
                    case ORDER -> order(in, version);
                    case FILL -> fill(in);
                };
                in.end();
                return entry;
            }
        }
        throw new IllegalStateException("an entry of the unknown kind " + number);
    }

    // ---- market
    // ------------------------------------------------------------------------------------------------------

    private static void write(EntryWriter out, MarketEntry market) {
        out.flag(market.killed()).flag(market.paused()).number(market.blocksFormed());
        out.optional(
                market.newest(),
                quote -> out.number(quote.epoch())
                        .number(quote.sequence())
                        .time(quote.priceTime())
                        .optional(quote.price(), out::decimal)
                        .flag(quote.open()));
        out.text(market.halt().name());
        out.optional(
                market.told(),
                told -> out.text(told.quantity().toString())
                        .text(told.gross().toString())
                        .text(told.fees().toString()));
    }

    private static MarketEntry market(EntryReader in, long version) {
        boolean killed = in.flag();
        boolean paused = in.flag();
        long blocksFormed = in.number();
        MarketEntry.Quote newest = in.optional(
                () -> new MarketEntry.Quote(in.number(), in.number(), in.time(), in.optional(in::decimal), in.flag()));
        if (version == FIRST_VERSION) {
            return new MarketEntry(newest, killed, paused, blocksFormed, MarketHalt.NONE, null);
        }
        MarketHalt halt = MarketHalt.valueOf(in.text());
        MarketEntry.Told told = in.optional(() ->
                new MarketEntry.Told(new BigInteger(in.text()), new BigInteger(in.text()), new BigInteger(in.text())));
        return new MarketEntry(newest, killed, paused, blocksFormed, halt, told);
    }

    // ---- cases
    // -------------------------------------------------------------------------------------------------------

    private static void write(EntryWriter out, CaseEntry entry) {
        SaleRequest request = entry.request();
        out.text(request.caseId())
                .text(request.loanId())
                .number(request.version())
                .text(request.reason().name())
                .decimal(request.reserved().amount())
                .decimal(request.lot().amount())
                .decimal(request.floorDiscount())
                .time(request.requestedAt());
        write(out, request.evidence());
        out.number(entry.version()).decimal(entry.reserved().amount());
        // Most cases are never amended: the evidence is written once where it is the request's own.
        boolean newer = !entry.evidence().equals(request.evidence());
        out.optional(newer ? entry.evidence() : null, evidence -> write(out, evidence));
        out.optional(entry.pending(), pending -> {
            out.text(pending.caseId())
                    .text(pending.loanId())
                    .number(pending.version())
                    .decimal(pending.reserved().amount());
            out.optional(pending.evidence(), evidence -> write(out, evidence));
        });
        write(out, entry.stage());
    }

    private CaseEntry sale(EntryReader in) {
        SaleRequest request = new SaleRequest(
                in.text(),
                in.text(),
                in.count(),
                SaleReason.valueOf(in.text()),
                quantity(in),
                quantity(in),
                in.decimal(),
                in.time(),
                evidence(in));
        int version = in.count();
        Quantity reserved = quantity(in);
        SaleEvidence newer = in.optional(() -> evidence(in));
        SaleAmendment pending = in.optional(() ->
                new SaleAmendment(in.text(), in.text(), in.count(), quantity(in), in.optional(() -> evidence(in))));
        return new CaseEntry(
                request, version, reserved, newer == null ? request.evidence() : newer, pending, stage(in));
    }

    private static void write(EntryWriter out, SaleEvidence evidence) {
        Threshold threshold = evidence.threshold();
        out.number(evidence.epoch())
                .number(evidence.sequence())
                .time(evidence.priceTime())
                .decimal(evidence.price())
                .decimal(evidence.exposure().amount())
                .decimal(evidence.collateral().amount())
                .decimal(evidence.haircut())
                .text(threshold.ltv().numerator().toString())
                .text(threshold.ltv().denominator().toString())
                .text(threshold.comparator().name());
    }

    private SaleEvidence evidence(EntryReader in) {
        return new SaleEvidence(
                in.number(),
                in.number(),
                in.time(),
                in.decimal(),
                new Money(in.decimal(), rules.quote()),
                quantity(in),
                in.decimal(),
                new Threshold(
                        new Fraction(new BigInteger(in.text()), new BigInteger(in.text())),
                        Threshold.Comparator.valueOf(in.text())));
    }

    private static void write(EntryWriter out, CaseStage stage) {
        switch (stage) {
            case CaseStage.Queued queued -> out.number(0).number(queued.round()).time(queued.queuedAt());
            case CaseStage.Selling selling ->
                out.number(1)
                        .number(selling.round())
                        .time(selling.queuedAt())
                        .time(selling.startedAt())
                        .text(selling.blockId());
            case CaseStage.Ended ended ->
                out.number(2)
                        .number(ended.round())
                        .time(ended.queuedAt())
                        .optional(ended.startedAt(), out::time)
                        .time(ended.endedAt())
                        .text(ended.end().name());
        }
    }

    private static CaseStage stage(EntryReader in) {
        long kind = in.number();
        if (kind == 0) {
            return new CaseStage.Queued(in.count(), in.time());
        }
        if (kind == 1) {
            return new CaseStage.Selling(in.count(), in.time(), in.time(), in.text());
        }
        if (kind == 2) {
            return new CaseStage.Ended(
                    in.count(), in.time(), in.optional(in::time), in.time(), CaseEnd.valueOf(in.text()));
        }
        throw new IllegalStateException("a case in the unknown stage " + kind);
    }

    // ---- blocks and orders
    // -------------------------------------------------------------------------------------------

    private static void write(EntryWriter out, BlockEntry block) {
        out.text(block.blockId()).number(block.number()).time(block.formedAt());
        out.each(
                block.members(),
                (to, member) -> to.text(member.caseId())
                        .text(member.loanId())
                        .number(member.round())
                        .decimal(member.quantity().amount()));
        out.decimal(block.referencePrice()).number(block.slice()).number(block.attempt());
        out.optional(block.liveOrderId(), out::text).optional(block.notBefore(), out::time);
        out.flag(block.closed());
    }

    private BlockEntry block(EntryReader in) {
        return new BlockEntry(
                in.text(),
                in.number(),
                in.time(),
                in.each(from -> new BlockEntry.Member(from.text(), from.text(), from.count(), quantity(from))),
                in.decimal(),
                in.count(),
                in.count(),
                in.optional(in::text),
                in.optional(in::time),
                in.flag());
    }

    private static void write(EntryWriter out, OrderEntry order) {
        out.text(order.orderId()).text(order.blockId()).number(order.slice()).number(order.attempt());
        out.each(
                order.allocations(),
                (to, part) -> to.text(part.caseId()).decimal(part.quantity().amount()));
        out.decimal(order.quantity().amount())
                .decimal(order.limit())
                .number(order.epoch())
                .number(order.sequence())
                .time(order.placedAt())
                .time(order.expireAt());
        out.optional(
                order.report(),
                report -> out.time(report.transactTime())
                        .flag(report.reversal())
                        .decimal(report.cumQty().amount())
                        .flag(report.ended())
                        .flag(report.rejected()));
        out.number(order.cancelsSent()).flag(order.cancelPending()).number(order.timesAsked());
    }

    private OrderEntry order(EntryReader in, long version) {
        return new OrderEntry(
                in.text(),
                in.text(),
                in.count(),
                in.count(),
                in.each(from -> new OrderEntry.Allocation(from.text(), quantity(from))),
                quantity(in),
                in.decimal(),
                in.number(),
                in.number(),
                in.time(),
                in.time(),
                in.optional(() -> new DeskReport(in.time(), in.flag(), quantity(in), in.flag(), in.flag())),
                in.count(),
                in.flag(),
                version == FIRST_VERSION ? (in.flag() ? 1 : 0) : in.count());
    }

    private static void write(EntryWriter out, FillEntry fill) {
        out.text(fill.orderId()).text(fill.desk()).text(fill.execId()).flag(fill.reversed());
        out.optional(
                fill.traded(),
                traded -> out.decimal(traded.quantity().amount())
                        .decimal(traded.price())
                        .decimal(traded.commission()));
    }

    private FillEntry fill(EntryReader in) {
        String orderId = in.text();
        String desk = in.text();
        String execId = in.text();
        boolean reversed = in.flag();
        FillEntry.Traded traded = in.optional(() -> new FillEntry.Traded(quantity(in), in.decimal(), in.decimal()));
        return new FillEntry(orderId, desk, execId, traded, reversed);
    }

    private Quantity quantity(EntryReader in) {
        return new Quantity(in.decimal(), rules.base());
    }
}
