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

    /** What a case stands on: the hard limit, a band's, or the level that its call was not cured to. */
    private Limit limitOf(Sale sale) {
        if (sale.reason.equals("HARD_LTV")) {
            return sale.rung == Ladder.NONE
                    ? loan.terms().selling().limit()
                    : loan.terms().ladder().rung(sale.rung).limit();
        }
        return Limit.keptAt(loan.terms().ladder().rung(sale.rung).level());
    }

    void request(String reason, int rung, SaleSize.Need need, IndexRecord index, long callDeadline) {
        loan.cases++;
        Sale sale = new Sale();
        sale.id = loan.id + "/case/" + loan.cases;
        sale.reason = reason;
        sale.rung = rung;
        sale.mode = need.mode();
        sale.reserved = need.quantity();
        sale.wanted = need.quantity();
        sale.measuredAt = index.priced();
        sale.callDeadline = callDeadline;
        Said.Evidence evidence = loan.evidence(index, loan.scaledExposure(answer.today()), limitOf(sale));
        loan.sale = sale;
        loan.reserved = need.quantity();
        Call call = loan.call;
        loan.call = call == null ? null : call.healed(Call.NEVER);
        if (loan.declines > 0 && index.priceTime() > loan.retryAt + MarginRules.LONGEST_WAIT) {
            loan.declines = 0; // the loan had healed meanwhile
        }
        answer.say(
                "LiquidationRequested",
                "caseId",
                sale.id,
                "rung",
                rung,
                "reason",
                reason,
                "mode",
                sale.mode,
                "reserved",
                loan.coins(need.quantity()),
                "lotSize",
                loan.coins(loan.coin().lot()),
                "evidence",
                evidence,
                "callDeadline",
                callDeadline == Long.MIN_VALUE ? Said.Nothing.NULL : (Object) callDeadline);
    }

    void growAtPrice(IndexRecord index) {
        Sale sale = Objects.requireNonNull(loan.sale);
        if (!sale.is(Sale.PARTIAL)
                || loan.frozen
                || sale.isRescinded()
                || index.priced().compareTo(sale.measuredAt) >= 0) {
            return;
        }
        SaleSize.Need need = size.need(index.priced());
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        if (all.compareTo(sale.wanted) > 0) {
            amend(sale, all, need.mode(), index, null);
        }
    }

    /** A fact moved debt or coin under an open case. */
    void measureAgain(After after) {
        Sale sale = Objects.requireNonNull(loan.sale);
        IndexRecord index = now.price(loan.coin().market());
        Call call = loan.call;
        if (index != null && call != null && healsInTime(sale, call, after, index)) {
            calls.cure(call, index, after.cure(), after.valueTime());
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
                            loan.coins(sale.cumQuantity));
                }
                return;
            }
        }
        if (loan.frozen) {
            shrinkToSold(sale, "FROZEN");
            return;
        }
        if (index == null) {
            return;
        }
        SaleSize.Need need = size.need(index.priced());
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        int change = all.compareTo(sale.wanted);
        boolean isStep = sale.is(Sale.INCREMENT);
        if (change < 0 || (change > 0 && index.open() && !isStep && !sale.isRescinded())) {
            amend(sale, all, isStep ? sale.mode : need.mode(), index, null);
        }
    }

    /** A fact inside the call's deadline; under a hard case the market has to be open for it. */
    private boolean healsInTime(Sale sale, Call call, After after, IndexRecord index) {
        return (index.open() || sale.callDeadline != Long.MIN_VALUE)
                && !after.cure().equals(After.PRICE)
                && !call.is(Call.Stage.WITHDRAWN)
                && CallRules.isInTime(call, after.valueTime())
                && calls.standsHealed(call, index);
    }

    private void shrinkToSold(Sale sale, String reason) {
        if (sale.wanted.compareTo(sale.cumQuantity) > 0) {
            amend(sale, sale.cumQuantity, sale.mode, null, reason);
        }
    }

    private void amend(
            Sale sale, BigDecimal wanted, String mode, @Nullable IndexRecord index, @Nullable String reason) {
        Object evidence = index == null
                ? Said.Nothing.NULL
                : loan.evidence(index, loan.scaledExposure(answer.today()), limitOf(sale));
        sale.version++;
        sale.mode = mode;
        sale.wanted = wanted;
        sale.reserved = sale.reserved.max(wanted);
        loan.reserved = sale.reserved.subtract(sale.cumQuantity);
        if (index != null) {
            sale.measuredAt = index.priced();
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
                loan.coins(wanted),
                "evidence",
                evidence,
                reason == null ? "mode" : "reason",
                reason == null ? sale.mode : reason);
    }
}
