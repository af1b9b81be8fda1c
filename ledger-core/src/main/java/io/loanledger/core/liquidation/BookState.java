package io.loanledger.core.liquidation;

import io.loanledger.core.liquidation.CaseStage.Ended;
import io.loanledger.core.liquidation.CaseStage.Queued;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A book's entries, what is derived from them, and what the input under way has changed. All iteration is over sorted collections: two
 * books with the same entries do the same.
 */
final class BookState {
    /** What a case's fills come to, and what may still come. */
    record Position(Quantity filled, Money gross, Money fees, Quantity onTheWay) {
        Quantity committed() {
            return filled.plus(onTheWay);
        }
    }

    private static final Comparator<CaseEntry> OLDEST_REQUEST = Comparator.comparing(
                    (CaseEntry entry) -> entry.request().requestedAt())
            .thenComparing(CaseEntry::caseId);

    /** The ended cases in the order in which they are forgotten. */
    private static final Comparator<CaseEntry> OLDEST_END =
            Comparator.comparing(BookState::endOf).thenComparing(CaseEntry::caseId);

    final MarketRules rules;
    private MarketEntry market = MarketEntry.NEW;
    private final Map<String, CaseEntry> cases = new HashMap<>();
    private final Map<String, BlockEntry> blocks = new HashMap<>();
    private final Map<String, OrderEntry> orders = new HashMap<>();
    private final Map<String, Map<EntryKey, FillEntry>> fillsOfOrder = new HashMap<>();

    private final NavigableSet<CaseEntry> queue = new TreeSet<>(Priority.FIRST_TO_SELL);
    private Quantity queuedQuantity;
    private final NavigableSet<CaseEntry> open = new TreeSet<>(OLDEST_REQUEST);
    private final NavigableSet<CaseEntry> ended = new TreeSet<>(OLDEST_END);
    private final TreeMap<Long, BlockEntry> openBlocks = new TreeMap<>();
    private final Map<String, Set<String>> ordersOfCase = new HashMap<>();
    private final Map<String, Set<String>> ordersOfBlock = new HashMap<>();
    private final Map<String, OrderTally> tallies = new HashMap<>();
    private final Set<String> missingFills = new HashSet<>();
    private final NavigableSet<String> unsettledOrders = new TreeSet<>();

    private final Map<EntryKey, BookEntry> changed = new LinkedHashMap<>();
    private final Set<EntryKey> removed = new LinkedHashSet<>();
    private final List<BookEffect> effects = new ArrayList<>();
    private final NavigableSet<String> touched = new TreeSet<>();
    private final NavigableSet<String> touchedOrders = new TreeSet<>();

    BookState(MarketRules rules) {
        this.rules = rules;
        this.queuedQuantity = Quantity.zero(rules.base());
    }

    // ---- entries
    // -----------------------------------------------------------------------------------------------------

    void put(BookEntry entry) {
        switch (entry) {
            case MarketEntry newMarket -> market = newMarket;
            case CaseEntry newCase -> index(newCase);
            case BlockEntry block -> {
                blocks.put(block.blockId(), block);
                if (block.closed()) {
                    openBlocks.remove(block.number());
                } else {
                    openBlocks.put(block.number(), block);
                }
            }
            case OrderEntry order -> {
                orders.put(order.orderId(), order);
                ordersOfBlock
                        .computeIfAbsent(order.blockId(), id -> new TreeSet<>())
                        .add(order.orderId());
                for (OrderEntry.Allocation part : order.allocations()) {
                    ordersOfCase
                            .computeIfAbsent(part.caseId(), id -> new TreeSet<>())
                            .add(order.orderId());
                }
                retally(order.orderId());
            }
            case FillEntry fill -> {
                fillsOfOrder
                        .computeIfAbsent(fill.orderId(), id -> new TreeMap<>(FILL_ORDER))
                        .put(fill.key(), fill);
                retally(fill.orderId());
            }
        }
        changed.put(entry.key(), entry);
        removed.remove(entry.key());
    }

    private static final Comparator<EntryKey> FILL_ORDER = Comparator.comparing(EntryKey::id);

    private void index(CaseEntry entry) {
        CaseEntry former = cases.put(entry.caseId(), entry);
        if (former != null) {
            if (queue.remove(former)) {
                queuedQuantity = queuedQuantity.minus(former.reserved());
            }
            (former.isEnded() ? ended : open).remove(former);
        }
        if (entry.stage() instanceof Queued && queue.add(entry)) {
            queuedQuantity = queuedQuantity.plus(entry.reserved());
        }
        (entry.isEnded() ? ended : open).add(entry);
        touched.add(entry.caseId());
    }

    private void retally(String orderId) {
        OrderEntry order = orders.get(orderId);
        if (order == null) {
            return; // While a book is restored, a fill may be read before its order.
        }
        OrderTally tally = OrderTally.of(order, fillsOf(orderId), rules.quote());
        tallies.put(orderId, tally);
        if (tally.missing().isPositive()) {
            missingFills.add(orderId);
        } else {
            missingFills.remove(orderId);
        }
        if (order.isEnded() && tally.awaited().isZero()) {
            unsettledOrders.remove(orderId);
        } else {
            unsettledOrders.add(orderId);
        }
        touchedOrders.add(orderId);
        for (OrderEntry.Allocation part : order.allocations()) {
            touched.add(part.caseId());
        }
    }

    /** Forgets an ended case and, with the last of its members, each of its blocks. */
    void forget(CaseEntry entry) {
        cases.remove(entry.caseId());
        ended.remove(entry);
        remove(entry.key());
        touched.add(entry.caseId());
        Set<String> blockIds = new TreeSet<>();
        for (String orderId : ordersOfCase.getOrDefault(entry.caseId(), Set.of())) {
            blockIds.add(order(orderId).blockId());
        }
        for (String blockId : blockIds) {
            BlockEntry block = block(blockId);
            if (block.closed() && block.members().stream().noneMatch(member -> cases.containsKey(member.caseId()))) {
                forget(block);
            }
        }
    }

    private void forget(BlockEntry block) {
        for (String orderId : Set.copyOf(ordersOfBlock.getOrDefault(block.blockId(), Set.of()))) {
            OrderEntry order = order(orderId);
            fillsOf(orderId).forEach(fill -> remove(fill.key()));
            fillsOfOrder.remove(orderId);
            tallies.remove(orderId);
            missingFills.remove(orderId);
            unsettledOrders.remove(orderId);
            orders.remove(orderId);
            remove(order.key());
            touchedOrders.add(orderId);
            for (OrderEntry.Allocation part : order.allocations()) {
                touched.add(part.caseId());
                Set<String> others = ordersOfCase.get(part.caseId());
                if (others != null && others.remove(orderId) && others.isEmpty()) {
                    ordersOfCase.remove(part.caseId());
                }
            }
        }
        ordersOfBlock.remove(block.blockId());
        blocks.remove(block.blockId());
        remove(block.key());
    }

    private void remove(EntryKey key) {
        changed.remove(key);
        removed.add(key);
    }

    // ---- reading
    // -----------------------------------------------------------------------------------------------------

    MarketEntry market() {
        return market;
    }

    @Nullable
    CaseEntry findCase(String caseId) {
        return cases.get(caseId);
    }

    CaseEntry caseOf(String caseId) {
        return present(cases.get(caseId), caseId);
    }

    BlockEntry block(String blockId) {
        return present(blocks.get(blockId), blockId);
    }

    @Nullable
    OrderEntry findOrder(String orderId) {
        return orders.get(orderId);
    }

    OrderEntry order(String orderId) {
        return present(orders.get(orderId), orderId);
    }

    Collection<FillEntry> fillsOf(String orderId) {
        return fillsOfOrder.getOrDefault(orderId, Map.of()).values();
    }

    @Nullable
    FillEntry findFill(String orderId, String desk, String execId) {
        return fillsOfOrder.getOrDefault(orderId, Map.of()).get(FillEntry.keyOf(orderId, desk, execId));
    }

    OrderTally tally(String orderId) {
        return present(tallies.get(orderId), orderId);
    }

    NavigableSet<CaseEntry> queue() {
        return queue;
    }

    /** The sum of what the queued cases reserve. */
    Quantity queuedQuantity() {
        return queuedQuantity;
    }

    int openCases() {
        return open.size();
    }

    @Nullable
    Instant oldestOpenCase() {
        return open.isEmpty() ? null : open.first().request().requestedAt();
    }

    NavigableSet<CaseEntry> ended() {
        return ended;
    }

    /** A copy, in the order of their formation. */
    List<BlockEntry> openBlocks() {
        return List.copyOf(openBlocks.values());
    }

    int openBlockCount() {
        return openBlocks.size();
    }

    /** A copy. */
    List<String> orderIds() {
        return List.copyOf(orders.keySet());
    }

    /** A copy: every case that has a part in an order, also one that is forgotten while the order still stands for others. */
    List<String> casesWithOrders() {
        return List.copyOf(ordersOfCase.keySet());
    }

    /** A copy: the orders, of open and of closed blocks, whose end is not certain or of which counted fills have not come. */
    List<OrderEntry> unsettledOrders() {
        return unsettledOrders.stream().map(this::order).toList();
    }

    /** How many orders' desks count more than they have reported fill by fill. */
    int ordersMissingFills() {
        return missingFills.size();
    }

    Set<String> ordersOfCase(String caseId) {
        return ordersOfCase.getOrDefault(caseId, Set.of());
    }

    Set<String> ordersOfBlock(String blockId) {
        return ordersOfBlock.getOrDefault(blockId, Set.of());
    }

    /** The sum of the case's parts in all its orders. */
    Position position(String caseId) {
        return sum(caseId, ordersOfCase(caseId));
    }

    /** The sum of the case's parts in one block's orders. */
    Position positionInBlock(BlockEntry block, String caseId) {
        Set<String> both = new TreeSet<>(ordersOfCase(caseId));
        both.retainAll(ordersOfBlock(block.blockId()));
        return sum(caseId, both);
    }

    private Position sum(String caseId, Set<String> orderIds) {
        Quantity filled = Quantity.zero(rules.base());
        Quantity onTheWay = filled;
        Money gross = Money.zero(rules.quote());
        Money fees = gross;
        for (String orderId : orderIds) {
            OrderTally.Share share = tally(orderId).shareOf(caseId);
            filled = filled.plus(share.filled());
            onTheWay = onTheWay.plus(share.onTheWay());
            gross = gross.plus(share.gross());
            fees = fees.plus(share.fees());
        }
        return new Position(filled, gross, fees, onTheWay);
    }

    /** All entries, in no particular order. */
    List<BookEntry> entries() {
        List<BookEntry> all = new ArrayList<>();
        all.add(market);
        all.addAll(cases.values());
        all.addAll(blocks.values());
        all.addAll(orders.values());
        fillsOfOrder.values().forEach(fills -> all.addAll(fills.values()));
        return all;
    }

    // ---- the input under way
    // -----------------------------------------------------------------------------------------

    void emit(BookEffect effect) {
        effects.add(effect);
    }

    void touch(String caseId) {
        touched.add(caseId);
    }

    /** The cases that the input has changed so far, by id. */
    List<String> touchedCases() {
        return List.copyOf(touched);
    }

    /** The orders that the input has changed so far, by id; one that is no longer there was forgotten. */
    List<String> touchedOrders() {
        return List.copyOf(touchedOrders);
    }

    /** Ends the input: hands out what it did and begins the next with a clean slate. */
    Outcome drain() {
        Outcome outcome = new Outcome(effects, List.copyOf(changed.values()), List.copyOf(removed));
        effects.clear();
        changed.clear();
        removed.clear();
        touched.clear();
        touchedOrders.clear();
        return outcome;
    }

    private static Instant endOf(CaseEntry entry) {
        if (entry.stage() instanceof Ended end) {
            return end.endedAt();
        }
        throw new IllegalStateException("case " + entry.caseId() + " has not ended");
    }

    private static <T> T present(@Nullable T value, String id) {
        if (value == null) {
            throw new IllegalStateException("the book lost " + id);
        }
        return value;
    }
}
