package io.loanledger.core.liquidation;

import io.loanledger.core.price.IndexPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One market's liquidations: cases by priority, blocks, limit orders with floor and expiry, what the desk did with them, and what each
 * case has sold.
 *
 * <p>A deterministic state machine: the same inputs with the same times give the same effects and the same entries, in this process
 * or another, at once or after a restore from the stored entries. It has no clock: {@code now} comes with each input and may only
 * refuse, delay and stamp.
 *
 * <p>Guarantees, each with a test of its name:
 *
 * <ul>
 *   <li>SellBound: filled + live + about to be ordered never exceeds what a case reserves, whatever the desk reports.
 *   <li>OrderArithmetic: an order's allocations sum to its quantity; a fill's shares sum to the fill, a commission's to the commission.
 *   <li>NoOrderOnOldEvidence, NoSellWithoutReason, NoLiquidationOnBadPrice: each order is formed at the newest open index price,
 *       young enough against the clock, at which the case's reason still holds. A request whose own price is older is not sold at
 *       that price: if the newest shows the breach too, the newest is the evidence, and the order names it; if the request is older than
 *       {@code maxRequestAge}, the ledger that sent it may not know of a repayment since, and it is declined.
 *   <li>One order at a time per block, and none before the former one's end is certain and all of its fills are in.
 *   <li>Reports may repeat and overtake one another: where a case ends up depends on the set of reports only.
 *   <li>BookEqualsSum: what orders, cases and settlements come to agrees, counted twice by different code; a book that does not add up
 *       gets no new order until people let the market go.
 * </ul>
 *
 * <p>The kill switch places nothing and cancels what is live; a paused market places nothing and lets live orders run out. In both
 * cases requests queue and amendments are answered; on release every case is checked at the newest price before it is sold.
 *
 * <p>Errors: input that is well-formed but impossible becomes an effect (decline, suspense, alarm). An {@link IllegalStateException} is a
 * bug: the caller must not commit. Not thread-safe; one task owns it.
 */
public final class LiquidationBook {
    /** How many ended cases are forgotten at one price, so that a mass expiry is spread over many. */
    private static final int MAX_FORGOTTEN_PER_PRICE = 50;

    private final BookState state;
    private final Cases cases;
    private final Orders orders;
    private final Scheduler scheduler;
    private final BookSums sums;

    /** An empty book. */
    public LiquidationBook(MarketRules rules) {
        state = new BookState(rules);
        cases = new Cases(state);
        orders = new Orders(state);
        scheduler = new Scheduler(state, cases, orders);
        sums = new BookSums(state, cases);
    }

    /** The book that these entries are; they may come in any order. */
    public static LiquidationBook restore(MarketRules rules, Collection<BookEntry> entries) {
        LiquidationBook book = new LiquidationBook(rules);
        entries.forEach(book.state::put);
        book.cases.rememberAsTold();
        book.sums.takeAnew();
        book.state.drain();
        return book;
    }

    /**
     * Takes one input to its end.
     *
     * @param now the service's time; must not be earlier than the times of earlier inputs by more than the limits on age tolerate
     * @return what to send and what to store, in one transaction
     */
    public Outcome apply(BookInput input, Instant now) {
        switch (input) {
            case BookInput.RequestSale request -> cases.request(request.request(), now);
            case BookInput.AmendSale amend -> amend(amend.amendment());
            case BookInput.ObserveIndex index -> observe(index.price(), now);
            case BookInput.Report report -> orders.report(report.report(), now);
            case BookInput.CancelRefused refused -> orders.cancelRefused(refused.desk(), refused.orderId());
            case BookInput.SwitchKill kill -> switchKill(kill.engaged());
            case BookInput.PauseMarket pause -> pause(pause.paused());
        }
        for (String caseId : state.touchedCases()) {
            cases.bringPendingIntoEffect(caseId);
            cases.endIfSold(caseId, now);
        }
        scheduler.advance(now);
        recordQueued(input, now);
        cases.tell();
        haltIfItDoesNotAddUp(input);
        return state.drain();
    }

    private void pause(boolean paused) {
        MarketEntry before = state.market();
        MarketEntry after = before.withPaused(paused);
        if (after.equals(before)) {
            return;
        }
        state.put(after);
        if (before.halt() != MarketHalt.NONE && after.halt() == MarketHalt.NONE) {
            sums.acceptAsItIs();
        }
    }

    /** Not by an exception: an instance that stops leaves the other markets without anyone who sells, and its orders without an answer. */
    private void haltIfItDoesNotAddUp(BookInput input) {
        boolean fromDesk = switch (input) {
            case BookInput.Report report -> true;
            case BookInput.RequestSale request -> false;
            case BookInput.AmendSale amend -> false;
            case BookInput.ObserveIndex index -> false;
            case BookInput.CancelRefused refused -> false;
            case BookInput.SwitchKill kill -> false;
            case BookInput.PauseMarket pause -> false;
        };
        String broken = sums.check(fromDesk);
        if (broken != null && state.market().halt() == MarketHalt.NONE) {
            state.put(state.market().halted());
            state.emit(new BookEffect.RaiseAlarm(BookEffect.AlarmKind.MARKET_HALTED, broken));
        }
    }

    private void amend(SaleAmendment amendment) {
        CaseEntry tooMuchLive = cases.amend(amendment);
        if (tooMuchLive != null) {
            orders.cancelOrdersOf(tooMuchLive, "amended to " + amendment.reserved());
        }
    }

    private void observe(IndexPrice price, Instant now) {
        MarketEntry.Quote quote = new MarketEntry.Quote(
                price.epoch(),
                price.sequence(),
                price.priceTime(),
                price.price(),
                price.state().isOpen());
        if (!quote.isAfter(state.market().newest())) {
            return;
        }
        state.put(state.market().withNewest(quote));
        orders.askOverdue(now);
        forgetOld(now);
    }

    /** A case of which an order may still fill is kept however old it is: its fill would find nobody to settle with. */
    private void forgetOld(Instant now) {
        List<CaseEntry> old = new ArrayList<>();
        for (CaseEntry entry : state.ended()) {
            boolean expired = entry.stage() instanceof CaseStage.Ended end
                    && end.endedAt().plus(state.rules.retention()).isBefore(now);
            if (!expired || old.size() == MAX_FORGOTTEN_PER_PRICE) {
                break;
            }
            if (state.position(entry.caseId()).onTheWay().isZero()) {
                old.add(entry);
            }
        }
        old.forEach(state::forget);
    }

    private void switchKill(boolean engaged) {
        if (state.market().killed() != engaged) {
            state.put(state.market().withKilled(engaged));
        }
        if (engaged) {
            orders.cancelAll("kill switch");
        }
    }

    /** A request that found no slot is recorded as queued; one that did was recorded as started. */
    private void recordQueued(BookInput input, Instant now) {
        if (input instanceof BookInput.RequestSale request) {
            CaseEntry entry = state.findCase(request.request().caseId());
            if (entry != null
                    && entry.stage() instanceof CaseStage.Queued queued
                    && queued.queuedAt().equals(now)) {
                scheduler.recordQueued(entry, now);
            }
        }
    }

    /** All that the book is, for stores and digests; in no particular order. */
    public List<BookEntry> entries() {
        return state.entries();
    }

    /** What the case has sold, as last told; for queries and tests. */
    public CaseSettlement settlementOf(String caseId) {
        return cases.settlementOf(caseId);
    }

    /** How many cases have not ended. */
    public int openCases() {
        return state.openCases();
    }

    /** How many of them wait for a slot. */
    public int queuedCases() {
        return state.queue().size();
    }

    /** When the open case that was requested first was requested; null when none is open. */
    public @Nullable Instant oldestOpenCase() {
        return state.oldestOpenCase();
    }

    /** What can still be filled, at the limits of the live orders, in quote currency. */
    public BigDecimal notionalOnTheWay() {
        return orders.notionalOnTheWay();
    }

    /** Orders past their expiry whose end, or all of whose fills, no desk has reported in good time. */
    public int overdueOrders() {
        return orders.overdue();
    }

    /** Orders of which the desk counts more filled than it has reported fill by fill. */
    public int ordersMissingFills() {
        return state.ordersMissingFills();
    }

    /** Whether the market gets no new order because the book does not add up. */
    public boolean isHalted() {
        return state.market().halt() != MarketHalt.NONE;
    }

    /** Of how many cases it is remembered what the ledger was told. */
    int remembered() {
        return cases.remembered();
    }

    /** The price time of the newest index price; null before the first. */
    public @Nullable Instant newestPriceTime() {
        MarketEntry.Quote newest = state.market().newest();
        return newest == null ? null : newest.priceTime();
    }
}
