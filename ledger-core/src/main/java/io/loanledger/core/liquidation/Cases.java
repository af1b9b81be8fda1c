package io.loanledger.core.liquidation;

import io.loanledger.core.liquidation.BookEffect.SuspenseReason;
import io.loanledger.core.liquidation.BookState.Position;
import io.loanledger.core.liquidation.CaseStage.Ended;
import io.loanledger.core.liquidation.CaseStage.Queued;
import io.loanledger.core.liquidation.CaseStage.Selling;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The book's side towards the ledger: takes requests and amendments, and answers them.
 *
 * <p>Each case is answered to its end by exactly one kind of last word: {@code DeclineCase} when the ledger counts nothing as sold and
 * nothing is, otherwise a complete {@code Settle}. Busts and late fills after it are settled again, still complete; they never reopen the case.
 */
final class Cases {
    /** What the ledger was last told of a case, the excess that went to suspense, and whether the case had ended by then. */
    private record Told(CaseSettlement settlement, Quantity excess, boolean ended) {}

    private final BookState state;
    private final Map<String, Told> told = new HashMap<>();
    private MarketEntry.Told toldInAll = MarketEntry.Told.NOTHING;

    Cases(BookState state) {
        this.state = state;
    }

    // ---- requests
    // ----------------------------------------------------------------------------------------------------

    void request(SaleRequest request, Instant now) {
        CaseEntry known = state.findCase(request.caseId());
        if (known != null) {
            if (!known.request().equals(request)) {
                state.emit(new BookEffect.Suspend(SuspenseReason.CONFLICTING_REQUEST, "case " + request.caseId()));
            } else if (known.isEnded()) {
                repeatLastWord(known);
            }
            return;
        }
        CaseEntry entry = new CaseEntry(
                request, request.version(), request.reserved(), request.evidence(), null, new Queued(1, now));
        state.put(entry);
        MarketEntry.Quote atEvidence = quoteOf(request.evidence());
        MarketEntry.Quote newest = state.market().newest();
        if (newest == null || (newest.epoch() == atEvidence.epoch() && atEvidence.isAfter(newest))) {
            // The ledger has read a price that has not come here yet. A higher epoch is taken from the index itself
            // only.
            state.put(state.market().withNewest(atEvidence));
        }
        CaseEnd refusal = refusalOnArrival(request, now);
        if (refusal != null) {
            end(entry, refusal, now);
        }
    }

    private static MarketEntry.Quote quoteOf(SaleEvidence evidence) {
        return new MarketEntry.Quote(
                evidence.epoch(), evidence.sequence(), evidence.priceTime(), evidence.price(), true);
    }

    private @Nullable CaseEnd refusalOnArrival(SaleRequest request, Instant now) {
        SaleEvidence evidence = request.evidence();
        if (!request.reserved().isPositive()) {
            return CaseEnd.NOTHING_RESERVED;
        }
        if (request.reason().restsOnPrice() && !evidence.isBreachedAt(evidence.price())) {
            return CaseEnd.EVIDENCE_DOES_NOT_HOLD;
        }
        MarketEntry.Quote newest = state.market().newest();
        Duration limit = state.rules.maxRequestAge();
        boolean old = isOlder(evidence.priceTime(), now, limit)
                || (newest != null && isOlder(evidence.priceTime(), newest.priceTime(), limit));
        return old ? CaseEnd.REQUEST_TOO_OLD : null;
    }

    /**
     * Why a case may not be sold at the newest price now, or null when it may. Asked before its first order and before each later slice
     * and attempt, always of the newest price: a request that waited for a slot is judged, and its floor formed, at the market of
     * the moment, which the order names. The loan's own figures stay current through amendments.
     */
    @Nullable
    CaseEnd refusal(CaseEntry entry, MarketEntry.Quote newest, Instant now) {
        BigDecimal price = newest.price();
        if (!newest.open() || price == null) {
            return CaseEnd.INDEX_NOT_OPEN;
        }
        Duration limit = state.rules.maxPriceAge();
        if (isOlder(newest.priceTime(), now, limit) || isOlder(now, newest.priceTime(), limit)) {
            return CaseEnd.INDEX_TOO_OLD;
        }
        return entry.request().reason().restsOnPrice() && !entry.evidence().isBreachedAt(price)
                ? CaseEnd.BREACH_IS_OVER
                : null;
    }

    private static boolean isOlder(Instant time, Instant than, Duration limit) {
        return time.plus(limit).isBefore(than);
    }

    // ---- amendments
    // --------------------------------------------------------------------------------------------------

    /**
     * Takes an amendment.
     *
     * @return the open case whose live orders exceed it and have to be asked back; null when there is no such need
     */
    @Nullable
    CaseEntry amend(SaleAmendment amendment) {
        CaseEntry entry = state.findCase(amendment.caseId());
        if (entry == null) {
            state.emit(new BookEffect.Suspend(SuspenseReason.UNKNOWN_CASE, "case " + amendment.caseId()));
            return null;
        }
        if (entry.isEnded()) {
            // The last word is repeated under the newest version: the ledger closes a case on no older one.
            CaseEntry known = amendment.version() > entry.version()
                    ? entry.inEffect(amendment.version(), entry.reserved())
                    : entry;
            state.put(known);
            if (!isDeclined(known, state.position(known.caseId()))) {
                acknowledge(known, known.version());
            }
            repeatLastWord(known);
            return null;
        }
        if (amendment.version() <= entry.version()) {
            acknowledge(entry, entry.version());
            return null;
        }
        SaleAmendment pending = entry.pending();
        if (pending != null && amendment.version() <= pending.version()) {
            return null; // The newer one is answered once it is certain.
        }
        state.put(entry.waitingFor(amendment));
        bringPendingIntoEffect(amendment.caseId());
        CaseEntry after = state.caseOf(amendment.caseId());
        return after.pending() == null ? null : after;
    }

    /**
     * An amendment takes effect as soon as it holds for certain: at once when what is filled and live is within it, otherwise when the
     * live orders have ended. What was filled meanwhile stays reserved.
     */
    void bringPendingIntoEffect(String caseId) {
        CaseEntry entry = state.findCase(caseId);
        SaleAmendment pending = entry == null ? null : entry.pending();
        if (entry == null || pending == null) {
            return;
        }
        Position position = state.position(caseId);
        if (position.onTheWay().isZero() || position.committed().compareTo(pending.reserved()) <= 0) {
            CaseEntry amended = entry.inEffect(pending.version(), keeping(pending, entry, position.filled()));
            state.put(amended);
            acknowledge(amended, amended.version());
        }
    }

    /** What is irrevocable stays reserved, but not what a desk sold beyond the reservation: that is not the case's. */
    private static Quantity keeping(SaleAmendment pending, CaseEntry entry, Quantity irrevocable) {
        return pending.reserved().max(irrevocable.min(entry.reserved()));
    }

    private void acknowledge(CaseEntry entry, int version) {
        Quantity irrevocable = state.position(entry.caseId()).committed();
        state.emit(new BookEffect.AckAmend(
                entry.caseId(), entry.request().loanId(), version, irrevocable.min(entry.reserved())));
    }

    // ---- the end
    // -----------------------------------------------------------------------------------------------------

    /** Ends a case that has sold all that it may. */
    void endIfSold(String caseId, Instant now) {
        CaseEntry entry = state.findCase(caseId);
        if (entry == null || entry.isEnded() || entry.pending() != null) {
            return;
        }
        Position position = state.position(caseId);
        if (position.onTheWay().isZero() && position.filled().compareTo(entry.reserved()) >= 0) {
            end(entry, position.filled().isZero() ? CaseEnd.SHRUNK : CaseEnd.SOLD, now);
        }
    }

    void end(CaseEntry entry, CaseEnd reason, Instant now) {
        CaseStage stage = entry.stage();
        Instant startedAt = stage instanceof Selling selling ? selling.startedAt() : null;
        String blockId = stage instanceof Selling selling ? selling.blockId() : null;
        SaleAmendment pending = entry.pending();
        // An order that came back to life can still be on the way; what it may fill stays reserved.
        Quantity committed = state.position(entry.caseId()).committed();
        CaseEntry ended = (pending == null
                        ? entry
                        : entry.inEffect(pending.version(), keeping(pending, entry, committed)))
                .at(new Ended(stage.round(), stage.queuedAt(), startedAt, now, reason));
        state.put(ended);
        if (pending != null) {
            acknowledge(ended, ended.version());
        }
        record(ended, blockId, List.of(), null, reason.name());
        if (isDeclined(ended, state.position(ended.caseId())) && wasToldOfNoSale(told.get(ended.caseId()))) {
            decline(ended, reason);
        }
    }

    /** A ledger that counts something as sold takes no decline: it has to hear by a settlement that all of it was busted. */
    private static boolean wasToldOfNoSale(@Nullable Told before) {
        return before == null || before.settlement().cumQty().isZero();
    }

    /** An order that a bust brought back to life may still fill: as long as it lives, nobody may say that nothing will be sold. */
    private static boolean isDeclined(CaseEntry entry, Position position) {
        return entry.stage() instanceof Ended end
                && end.end().isRefusal()
                && position.committed().isZero();
    }

    private void decline(CaseEntry entry, CaseEnd reason) {
        MarketEntry.Quote newest = state.market().newest();
        state.emit(new BookEffect.DeclineCase(
                entry.caseId(),
                entry.request().loanId(),
                entry.version(),
                reason,
                newest == null ? entry.evidence().epoch() : newest.epoch(),
                newest == null ? entry.evidence().sequence() : newest.sequence()));
    }

    private void repeatLastWord(CaseEntry entry) {
        if (isDeclined(entry, state.position(entry.caseId())) && entry.stage() instanceof Ended end) {
            decline(entry, end.end());
        } else {
            settle(entry, settlementOf(entry, state.position(entry.caseId())));
        }
    }

    void record(
            CaseEntry entry,
            @Nullable String blockId,
            List<String> dependencies,
            @Nullable Instant estimatedCompletion,
            String outcome) {
        CaseStage stage = entry.stage();
        Instant startedAt = switch (stage) {
            case Queued queued -> null;
            case Selling selling -> selling.startedAt();
            case Ended end -> end.startedAt();
        };
        state.emit(new BookEffect.RecordExecution(new BookEffect.ExecutionTask(
                NameBasedIds.ofTask(entry.caseId(), stage.round()),
                entry.caseId(),
                blockId,
                stage.queuedAt(),
                startedAt,
                stage instanceof Ended end ? end.endedAt() : null,
                List.of("market " + state.rules.market(), "reserved " + entry.reserved()),
                dependencies,
                estimatedCompletion,
                outcome)));
    }

    // ---- settlement
    // --------------------------------------------------------------------------------------------------

    /** Tells the ledger of every case whose figures the input has changed. Called once, at the end of each input. */
    void tell() {
        for (String caseId : state.touchedCases()) {
            CaseEntry entry = state.findCase(caseId);
            if (entry == null) {
                noteTold(told.remove(caseId), null);
                continue;
            }
            Told now = toTell(entry);
            Told before = told.put(caseId, now);
            noteTold(before, now);
            CaseSettlement last =
                    before == null ? CaseSettlement.none(state.rules.base(), state.rules.quote()) : before.settlement();
            // A refusal was told as such; a bust of all that the ledger counts as sold is settled, before the end or
            // with it.
            boolean answered = isDeclined(entry, state.position(caseId))
                    && wasToldOfNoSale(before)
                    && (before == null || !before.ended());
            if (!answered && !now.settlement().equals(last)) {
                settle(entry, now.settlement());
            }
            if (before != null && now.excess().compareTo(before.excess()) > 0) {
                state.emit(new BookEffect.Suspend(
                        SuspenseReason.OVERSOLD_CASE,
                        "case " + caseId + " by " + now.excess().minus(before.excess())));
            }
        }
    }

    /** Remembers, without telling anyone: a restored book has told all that its entries say. */
    void rememberAsTold() {
        for (String caseId : state.touchedCases()) {
            // An order of a block that still stands may name a member that is forgotten already.
            CaseEntry entry = state.findCase(caseId);
            if (entry != null) {
                Told now = toTell(entry);
                told.put(caseId, now);
                toldInAll = toldInAll.plus(now.settlement());
            }
        }
    }

    private void noteTold(@Nullable Told before, @Nullable Told now) {
        MarketEntry.Told less = before == null ? toldInAll : toldInAll.minus(before.settlement());
        toldInAll = now == null ? less : less.plus(now.settlement());
        if (!toldInAll.equals(state.market().told())) {
            state.put(state.market().withTold(toldInAll));
        }
    }

    /** What the ledger was told of all kept cases together, counted afresh from their fills. */
    MarketEntry.Told countTold() {
        // A case that never had an order was told nothing that counts.
        MarketEntry.Told sum = MarketEntry.Told.NOTHING;
        for (String caseId : state.casesWithOrders()) {
            if (told.containsKey(caseId)) {
                sum = sum.plus(settlementOf(caseId));
            }
        }
        return sum;
    }

    void takeToldAsCounted() {
        toldInAll = countTold();
        state.put(state.market().withTold(toldInAll));
    }

    /** What the ledger was told that the case sold, and what was set aside beyond its reservation; null of an unknown case. */
    @Nullable
    Quantity toldAndSetAside(String caseId) {
        Told known = told.get(caseId);
        return known == null ? null : known.settlement().cumQty().plus(known.excess());
    }

    /** Of how many cases it is remembered what was told: of those that are kept, and of no other. */
    int remembered() {
        return told.size();
    }

    private Told toTell(CaseEntry entry) {
        Position position = state.position(entry.caseId());
        Quantity excess = position.filled().minus(position.filled().min(entry.reserved()));
        return new Told(settlementOf(entry, position), excess, entry.isEnded());
    }

    CaseSettlement settlementOf(String caseId) {
        return settlementOf(state.caseOf(caseId), state.position(caseId));
    }

    private void settle(CaseEntry entry, CaseSettlement settlement) {
        state.emit(new BookEffect.Settle(entry.caseId(), entry.request().loanId(), entry.version(), settlement));
    }

    /** Up to what is reserved; the money of an excess is left out in proportion, half-even at the cent. */
    private static CaseSettlement settlementOf(CaseEntry entry, Position position) {
        Quantity sold = position.filled().min(entry.reserved());
        Money gross = position.gross();
        Money fees = position.fees();
        if (sold.compareTo(position.filled()) < 0) {
            gross = partOf(gross, sold, position.filled());
            fees = partOf(fees, sold, position.filled());
        }
        // The ledger frees the coin with the last word: not while an order can still fill, though the case has ended.
        boolean complete = entry.isEnded() && position.onTheWay().isZero();
        return new CaseSettlement(sold, gross, fees, complete);
    }

    private static Money partOf(Money amount, Quantity part, Quantity whole) {
        Asset currency = amount.currency();
        BigInteger[] shares = ProRata.shares(
                amount.amount().unscaledValue(), List.of(OrderTally.units(part), OrderTally.units(whole.minus(part))));
        return new Money(new BigDecimal(shares[0], currency.scale()), currency);
    }
}
