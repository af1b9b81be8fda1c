package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A case is opened, grows with falling prices, and is measured again when debt or coin moved. */
final class CaseRules {
    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;
    private final SaleSize size;
    private final CallRules calls;

    CaseRules(Answer answer, SaleSize size, CallRules calls) {
        this.answer = answer;
        this.loan = answer.loan();
        this.now = answer.now();
        this.size = size;
        this.calls = calls;
    }

    /** What a case stands on: a default, the hard limit, a band's, or the level that its call was not cured to. */
    private Limit limitOf(Sale sale) {
        if (Defaults.isReason(sale.reason)) {
            return new Limit(Ratio.ZERO, true);
        }
        if (sale.reason.equals("HARD_LTV")) {
            return sale.rung == Ladder.NONE
                    ? loan.terms().selling().limit()
                    : loan.terms().ladder().rung(sale.rung).limit();
        }
        return Limit.keptAt(loan.terms().ladder().rung(sale.rung).level());
    }

    /** A sale that goes on with the next coin may have left the limit behind that it began with. */
    private Limit amendedLimit(Sale sale, Priced at) {
        Limit limit = limitOf(sale);
        return loan.further.isEmpty() || loan.meets(limit, answer.today(), at)
                ? limit
                : Limit.keptAt(loan.terms().selling().target());
    }

    void request(String reason, int rung, SaleSize.Need need, Priced at, long callDeadline) {
        Sale sale = new Sale();
        sale.reason = reason;
        sale.rung = rung;
        request(sale, limitOf(sale), need, at, callDeadline);
    }

    /** @param sale with its reason */
    private void request(Sale sale, Limit limit, SaleSize.Need need, Priced at, long callDeadline) {
        loan.cases++;
        loan.relyOnAllCoin();
        sale.asset = need.coin().asset();
        sale.id = loan.caseId(loan.cases, sale.asset);
        sale.mode = need.mode();
        sale.reserved = need.quantity();
        sale.wanted = need.quantity();
        sale.measuredAt = at.counts(need.coin());
        sale.measure = at.measure();
        sale.callDeadline = callDeadline;
        Priced told = at.toldOf(need.coin());
        Said.Evidence evidence = loan.evidence(told, loan.scaledExposure(answer.today()), limit);
        loan.sale = sale;
        loan.basket(sale.asset).reserved = need.quantity();
        Call call = loan.call;
        loan.call = call == null ? null : call.healed(Call.NEVER);
        if (loan.declines > 0 && at.time() > loan.retryAt + MarginRules.LONGEST_WAIT) {
            loan.declines = 0; // the loan had healed meanwhile
        }
        answer.say(
                "LiquidationRequested",
                "caseId",
                sale.id,
                "rung",
                sale.rung,
                "reason",
                sale.reason,
                "mode",
                sale.mode,
                "reserved",
                loan.coins(need.quantity(), sale.asset),
                "lotSize",
                loan.coins(need.coin().lot(), sale.asset),
                "evidence",
                evidence,
                "callDeadline",
                callDeadline == Long.MIN_VALUE ? Said.Nothing.NULL : (Object) callDeadline);
    }

    /** For a default; of a loan that owes nothing, or less, nothing is. */
    void requestAllThatIsOwed(Defaults.InDefault inDefault, Coin coin, Priced at) {
        SaleSize.Need need = size.ofAllThatIsOwed(coin, at);
        if (need.quantity().signum() > 0) {
            request(inDefault.reason(), Ladder.NONE, need, at, Long.MIN_VALUE);
        }
    }

    /** A coin was sold whole and others are left: the sale goes on with the next, unless it has reached its end. */
    void goOn(Sale before) {
        Selling selling = loan.terms().selling();
        Call call = loan.call;
        Coin next = loan.sellable();
        Priced at = now.openPrice(loan);
        boolean ofDefault = Defaults.isReason(before.reason);
        boolean calledOff = before.callDeadline != Long.MIN_VALUE && (call == null || !call.expired());
        if (!loan.terms().mixed()
                || !before.is(Sale.INCREMENT)
                || (!ofDefault && !selling.closeFactor().equals(Ratio.ONE))
                || before.rescinded
                || loan.status != Loan.Status.ACTIVE
                || loan.frozen
                || loan.debtIsClear()
                || next == null
                || at == null
                || at.byMarket().isEmpty()) {
            return;
        }
        Defaults.InDefault inDefault = loan.defaults.now;
        if (inDefault != null && Defaults.sells(loan)) {
            if (!loan.waitsAt(now.taskTime)) {
                requestAllThatIsOwed(inDefault, next, at);
            }
            return;
        }
        if (ofDefault || calledOff || hasReachedItsEnd(next, at)) {
            return;
        }
        boolean over = !loan.atOrUnder(selling.target(), answer.today(), at);
        if (!over && loan.atOrUnder(Ratio.ZERO, answer.today(), at)) {
            return;
        }
        Sale sale = new Sale();
        sale.reason = before.reason;
        sale.rung = before.rung;
        Limit limit = Limit.keptAt(over ? selling.target() : Ratio.ZERO);
        request(sale, limit, size.needToGoOn(next, at), at, before.callDeadline);
    }

    private boolean hasReachedItsEnd(Coin next, Priced at) {
        Selling selling = loan.terms().selling();
        boolean owes = loan.postedDebt().signum() > 0;
        boolean isDust = owes && loan.postedDebt().compareTo(selling.minimumResidualDebt()) < 0;
        boolean wantsAll = owes && selling.plan().equals(Selling.EVERYTHING);
        return size.isAtTarget(next, BigDecimal.ZERO, at) && !isDust && !wantsAll;
    }

    void growAtPrice(Priced at) {
        Sale sale = Objects.requireNonNull(loan.sale);
        DebtPrice debt = at.debt();
        if (!sale.is(Sale.PARTIAL)
                || (debt != null && debt.market().equals(at.told().market()))
                || loan.frozen
                || sale.isRescinded()
                || at.counts(loan.coin(sale.asset)).compareTo(sale.measuredAt) >= 0) {
            return;
        }
        SaleSize.Need need = size.need(sale, at);
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        if (all.compareTo(sale.wanted) > 0) {
            amend(sale, all, need.mode(), at, null);
        }
    }

    /** A fact moved debt or coin under an open case. */
    void measureAgain(After after) {
        Sale sale = Objects.requireNonNull(loan.sale);
        Priced at = now.price(loan);
        Call call = loan.call;
        if (at != null && call != null && healsInTime(sale, call, after, at)) {
            calls.cure(call, at, after.cure(), after.valueTime());
            if (sale.callDeadline != Long.MIN_VALUE) {
                shrinkToSold(sale, "CURED_IN_TIME");
                if (sale.cumQuantity.signum() > 0) {
                    sale.rescinded = true;
                    answer.say(
                            "RescissionOpened",
                            "caseId",
                            sale.id,
                            "callId",
                            call.id(),
                            "sold",
                            loan.coins(sale.cumQuantity, sale.asset));
                }
                return;
            }
        }
        if (loan.frozen) {
            shrinkToSold(sale, "FROZEN");
            return;
        }
        if (hasLostItsDefault(sale)) {
            shrinkToSold(sale, "DEFAULT_ENDED");
            return;
        }
        if (at == null) {
            return;
        }
        SaleSize.Need need = size.need(sale, at);
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        int change = all.compareTo(sale.wanted);
        boolean isStep = sale.is(Sale.INCREMENT);
        if (change < 0 || (change > 0 && at.open() && !isStep && !sale.isRescinded())) {
            amend(sale, all, isStep ? sale.mode : need.mode(), at, null);
        }
    }

    private boolean hasLostItsDefault(Sale sale) {
        return Defaults.isReason(sale.reason) && loan.defaults.now == null;
    }

    /** Whatever ended the default. */
    void shrinkIfDefaultEnded() {
        Sale sale = loan.sale;
        if (sale != null && hasLostItsDefault(sale)) {
            shrinkToSold(sale, "DEFAULT_ENDED");
        }
    }

    /** A fact inside the call's deadline; under a hard case the market has to be open for it. */
    private boolean healsInTime(Sale sale, Call call, After after, Priced at) {
        return (at.open() || sale.callDeadline != Long.MIN_VALUE)
                && !after.cure().equals(After.PRICE)
                && !call.is(Call.Stage.WITHDRAWN)
                && CallRules.isInTime(call, after.valueTime())
                && calls.standsHealed(call, at);
    }

    private void shrinkToSold(Sale sale, String reason) {
        if (sale.wanted.compareTo(sale.cumQuantity) > 0) {
            amend(sale, sale.cumQuantity, sale.mode, null, reason);
        }
    }

    private void amend(Sale sale, BigDecimal wanted, String mode, @Nullable Priced at, @Nullable String reason) {
        Coin coin = loan.coin(sale.asset);
        Object evidence = at == null
                ? Said.Nothing.NULL
                : loan.evidence(at.toldOf(coin), loan.scaledExposure(answer.today()), amendedLimit(sale, at));
        sale.version++;
        sale.mode = mode;
        sale.wanted = wanted;
        sale.reserved = sale.reserved.max(wanted);
        loan.basket(sale.asset).reserved = sale.reserved.subtract(sale.cumQuantity);
        if (at != null) {
            sale.measuredAt = at.counts(coin);
        }
        answer.say(
                "LiquidationAmended",
                "caseId",
                sale.id,
                "version",
                sale.version,
                "mode",
                sale.mode,
                "reserved",
                loan.coins(wanted, sale.asset),
                "evidence",
                evidence,
                reason == null ? "mode" : "reason",
                reason == null ? sale.mode : reason);
    }
}
