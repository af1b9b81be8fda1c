package io.loanledger.core.liquidation;

import io.loanledger.core.liquidation.CaseStage.Queued;
import io.loanledger.core.liquidation.CaseStage.Selling;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is sold when, and together with whom.
 *
 * <p>A slot is free while fewer blocks are open than allowed and the open ones are worth less than the cap on notional in flight. What
 * is queued then forms a block, in order of {@link Priority}, up to the cap. The block is sold in slices of at most the largest order,
 * one order at a time; every slice and every attempt is planned anew from the fills, and each member must pass the
 * check of old evidence again or leaves.
 */
final class Scheduler {
    /** At most this many cases are refused in one input, so that a closed market's queue does not make one endless transaction. */
    private static final int MAX_REFUSALS_PER_INPUT = 500;

    /** What is left of one member, in the order of the block. */
    private record Part(CaseEntry entry, Quantity quantity) {}

    private final BookState state;
    private final Cases cases;
    private final Orders orders;

    Scheduler(BookState state, Cases cases, Orders orders) {
        this.state = state;
        this.cases = cases;
        this.orders = orders;
    }

    /** Goes on with every block that waits between orders, then fills the free slots. */
    void advance(Instant now) {
        for (BlockEntry block : state.openBlocks()) {
            if (block.liveOrderId() == null) {
                goOn(block, now);
            }
        }
        MarketEntry.Quote newest = state.market().newest();
        if (newest == null || !state.market().mayPlace()) {
            return;
        }
        int refusals = 0;
        while (!state.queue().isEmpty()
                && state.openBlockCount() < state.rules.maxOpenBlocks()
                && refusals < MAX_REFUSALS_PER_INPUT) {
            List<CaseEntry> refused = new ArrayList<>();
            List<BlockEntry.Member> members = choose(newest, now, refused, MAX_REFUSALS_PER_INPUT - refusals);
            refusals += refused.size();
            if (members.isEmpty()) {
                return;
            }
            form(members, newest, now);
        }
    }

    private List<BlockEntry.Member> choose(
            MarketEntry.Quote newest, Instant now, List<CaseEntry> refused, int maxRefusals) {
        BigDecimal room = state.rules.maxNotionalInFlight().amount().subtract(notionalInFlight());
        List<BlockEntry.Member> members = new ArrayList<>();
        CaseEntry next = state.queue().first();
        while (next != null && members.size() < state.rules.maxBlockMembers() && refused.size() < maxRefusals) {
            CaseEntry entry = next;
            next = state.queue().higher(entry);
            Quantity remaining = remaining(entry);
            if (!remaining.isPositive()) {
                continue;
            }
            CaseEnd refusal = cases.refusal(entry, newest, now);
            BigDecimal price = newest.price();
            if (refusal != null || price == null) {
                cases.end(entry, refusal == null ? CaseEnd.INDEX_NOT_OPEN : refusal, now);
                refused.add(entry);
                continue;
            }
            Quantity fits = remaining;
            if (price.multiply(remaining.amount()).compareTo(room) > 0) {
                fits = state.rules
                        .affordableRoundedDownToLot(room, price, entry.request().lot())
                        .min(remaining);
            }
            if (!fits.isPositive() && (!members.isEmpty() || state.openBlockCount() > 0)) {
                break;
            }
            if (!fits.isPositive()) {
                // All the room is free, and it is too small: waiting would be for ever, and silent.
                state.emit(new BookEffect.RaiseAlarm(
                        BookEffect.AlarmKind.CAP_UNDER_LOT,
                        "case " + entry.caseId() + ": cap of " + room + " at " + price));
                cases.end(entry, CaseEnd.CAP_UNDER_LOT, now);
                refused.add(entry);
                continue;
            }
            members.add(new BlockEntry.Member(
                    entry.caseId(), entry.request().loanId(), entry.stage().round(), fits));
            room = room.subtract(price.multiply(fits.amount()));
        }
        return members;
    }

    private void form(List<BlockEntry.Member> members, MarketEntry.Quote newest, Instant now) {
        BigDecimal price = priceOf(newest);
        long number = state.market().blocksFormed() + 1;
        BlockEntry block = new BlockEntry(
                NameBasedIds.ofBlock(state.rules.market(), members),
                number,
                now,
                members,
                price,
                1,
                0,
                null,
                null,
                false);
        state.put(state.market().withBlocksFormed(number));
        state.put(block);
        List<CaseEntry> entries =
                members.stream().map(member -> state.caseOf(member.caseId())).toList();
        state.emit(new BookEffect.FormBlock(block, floor(entries, price), newest.epoch(), newest.sequence()));
        Instant estimate = now.plus(state.rules.orderLife().multipliedBy(slices(block.totalQuantity())));
        for (CaseEntry entry : entries) {
            CaseStage stage = entry.stage();
            CaseEntry selling = entry.at(new Selling(stage.round(), stage.queuedAt(), now, block.blockId()));
            state.put(selling);
            cases.record(selling, block.blockId(), List.of(), estimate, "STARTED");
        }
        goOn(block, now);
    }

    /** Between two orders: places the next one, or closes the block when nothing is left of it. */
    private void goOn(BlockEntry block, Instant now) {
        List<Part> parts = parts(block);
        if (!parts.isEmpty()) {
            MarketEntry.Quote newest = state.market().newest();
            Instant notBefore = block.notBefore();
            if (newest == null || !state.market().mayPlace() || (notBefore != null && now.isBefore(notBefore))) {
                return;
            }
            List<Part> staying = new ArrayList<>();
            for (Part part : parts) {
                CaseEnd refusal = cases.refusal(part.entry(), newest, now);
                if (refusal == null) {
                    staying.add(part);
                } else {
                    cases.end(part.entry(), refusal, now);
                }
            }
            if (!staying.isEmpty()) {
                BigDecimal price = priceOf(newest);
                BigDecimal limit = floor(staying.stream().map(Part::entry).toList(), price);
                orders.place(block, slice(staying), limit, newest, now);
                return;
            }
        }
        close(block, now);
    }

    private List<Part> parts(BlockEntry block) {
        List<Part> parts = new ArrayList<>();
        for (BlockEntry.Member member : block.members()) {
            CaseEntry entry = state.findCase(member.caseId());
            if (entry != null && isSellingIn(entry, block)) {
                Quantity inBlock = state.positionInBlock(block, member.caseId()).committed();
                Quantity left = member.quantity().minus(inBlock).min(remaining(entry));
                if (left.isPositive()) {
                    parts.add(new Part(entry, left));
                }
            }
        }
        return parts;
    }

    private List<OrderEntry.Allocation> slice(List<Part> parts) {
        Quantity total = parts.stream().map(Part::quantity).reduce(Quantity.zero(state.rules.base()), Quantity::plus);
        Quantity most = state.rules.maxOrderQuantity();
        List<BigInteger> weights =
                parts.stream().map(part -> OrderTally.units(part.quantity())).toList();
        BigInteger[] shares = ProRata.shares(OrderTally.units(total.min(most)), weights);
        List<OrderEntry.Allocation> allocations = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i].signum() > 0) {
                allocations.add(new OrderEntry.Allocation(
                        parts.get(i).entry().caseId(), OrderTally.quantity(shares[i], state.rules.base())));
            }
        }
        return allocations;
    }

    /** Who is not sold out queues again; nobody's place is lost, as the queue is ordered by depth and not by arrival. */
    private void close(BlockEntry block, Instant now) {
        state.put(block.asClosed());
        for (BlockEntry.Member member : block.members()) {
            CaseEntry entry = state.findCase(member.caseId());
            if (entry != null && isSellingIn(entry, block)) {
                cases.record(entry, block.blockId(), List.of(), null, "REQUEUED");
                state.put(entry.at(new Queued(entry.stage().round() + 1, now)));
            }
        }
    }

    private static boolean isSellingIn(CaseEntry entry, BlockEntry block) {
        return entry.stage() instanceof Selling selling && selling.blockId().equals(block.blockId());
    }

    /** What may still be ordered for a case: never negative, whatever a desk overfilled. */
    private Quantity remaining(CaseEntry entry) {
        Quantity left = entry.sellable().minus(state.position(entry.caseId()).committed());
        return left.max(Quantity.zero(state.rules.base()));
    }

    /** The strictest member's floor binds the whole order: nobody's coin is sold under what its loan allows. */
    private BigDecimal floor(List<CaseEntry> members, BigDecimal price) {
        BigDecimal discount = members.stream()
                .map(entry -> entry.request().floorDiscount())
                .min(BigDecimal::compareTo)
                .orElseThrow(() -> new IllegalStateException("a block without members has no floor"));
        return state.rules.floorRoundedUpToTick(price, discount);
    }

    private BigDecimal notionalInFlight() {
        BigDecimal sum = BigDecimal.ZERO;
        for (BlockEntry block : state.openBlocks()) {
            for (BlockEntry.Member member : block.members()) {
                Quantity filled = state.positionInBlock(block, member.caseId()).filled();
                sum = sum.add(member.quantity()
                        .minus(filled.min(member.quantity()))
                        .amount()
                        .multiply(block.referencePrice()));
            }
        }
        return sum;
    }

    private static BigDecimal priceOf(MarketEntry.Quote quote) {
        BigDecimal price = quote.price();
        if (price == null) {
            throw new IllegalStateException("an order at an index without a price: " + quote);
        }
        return price;
    }

    private long slices(Quantity total) {
        return total.amount()
                .divide(state.rules.maxOrderQuantity().amount(), 0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** For the record of a case that found no slot: what it waits for, and until when if nothing goes wrong. */
    void recordQueued(CaseEntry entry, Instant now) {
        List<String> ahead =
                state.openBlocks().stream().map(BlockEntry::blockId).toList();
        cases.record(entry, null, ahead, estimate(now), "QUEUED");
    }

    private @Nullable Instant estimate(Instant now) {
        MarketEntry.Quote newest = state.market().newest();
        BigDecimal price = newest == null ? null : newest.price();
        if (price == null) {
            return null;
        }
        BigDecimal rounds = price.multiply(state.queuedQuantity().amount())
                .divide(state.rules.maxNotionalInFlight().amount(), 0, RoundingMode.CEILING);
        return now.plus(state.rules.orderLife().multipliedBy(rounds.longValueExact() + 1));
    }
}
