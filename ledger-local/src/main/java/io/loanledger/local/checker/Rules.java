package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must follow from an input, by {@code docs/loan-rules.md}: the front door, the fact's own rule, and what follows from that. Works
 * on the loan's card in place; a refusal leaves it as it was. A rule without an event is an empty answer.
 */
final class Rules {
    private static final long WINDOW_MICROS = 45 * Loan.DAY_MICROS;

    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;
    private final MarginRules margin;
    private final StabilisedRules stabilised;
    private final ClockRules clock;
    private final CustodyRules custody;
    private final RequestRules requests;
    private final DrawRules draws;
    private final MoneyRules money;
    private final PaymentRules payments;
    private final ScheduleRules schedule;
    private final DefaultRules defaults;
    private final SaleRules sales;
    private final DeskRules desk;
    private final StatementRules statements;
    private final AmountRules amounts;

    private Rules(Loan loan, Circumstances now) {
        this.answer = new Answer(loan, now);
        this.loan = loan;
        this.now = now;
        custody = new CustodyRules(answer);
        money = new MoneyRules(answer);
        stabilised = new StabilisedRules(answer, money);
        amounts = new AmountRules(loan, now);
        margin = new MarginRules(answer, stabilised);
        clock = new ClockRules(answer, margin);
        draws = new DrawRules(answer, money);
        requests = new RequestRules(answer, amounts, margin, draws);
        payments = new PaymentRules(answer, money);
        defaults = new DefaultRules(answer, money, margin, draws);
        schedule = new ScheduleRules(answer, money, payments, defaults);
        loan.fixings = now.fixings;
        sales = new SaleRules(answer, margin, money, defaults);
        desk = new DeskRules(answer, money);
        statements = new StatementRules(answer);
    }

    /** The verdict on a fact: its events, none if it was said before or changes nothing, or a reason for its refusal. */
    record Verdict(List<Said> events, @Nullable String refusal) {}

    static Verdict onFact(Loan loan, Circumstances now, Fact fact) {
        Rules rules = new Rules(loan, now);
        try {
            if (fact.fromOutside()) {
                rules.takeFact(fact);
            } else {
                rules.takeReply(fact);
            }
            return new Verdict(rules.answer.events(), null);
        } catch (Answer.Refused refused) {
            return new Verdict(List.of(), refused.reason());
        }
    }

    /** An open price that crossed a trigger. */
    static List<Said> onPrice(Loan loan, Circumstances now, IndexRecord index) {
        Rules rules = new Rules(loan, now);
        rules.observe(index);
        return rules.answer.events();
    }

    /** Deadlines, on the state and price before; interest is posted through the days of which the ledger chose the moment. */
    static List<Said> onTime(Loan loan, Circumstances now, long time, List<Integer> postedThrough) {
        Rules rules = new Rules(loan, now);
        rules.pass(time, postedThrough);
        return rules.answer.events();
    }

    // --- facts
    // ---------------------------------------------------------------------------------------------------------

    private void takeFact(Fact fact) {
        Seen before = loan.seen.get(fact.text("eventId"));
        if (before != null) {
            refuseIf(before.digest() != fact.digest(), "CONFLICTING_DUPLICATE");
            return;
        }
        String outside = outsideOfTheWindow(fact);
        CustodyAccount custodyBefore = loan.custody.copy();
        After after = outside == null ? apply(fact) : takeOutside(fact, outside);
        boolean ended = defaults.endIfPaid();
        statements.follow(fact, custodyBefore);
        follow(ended && !after.moves() ? After.MOVED : after);
        if (!answer.events().isEmpty()) {
            remember(loan, now, fact);
        }
    }

    /** A fact with an event is known by its id, as long as a repeat of it is not late. */
    static void remember(Loan loan, Circumstances now, Fact fact) {
        if (now.taskTime > 0) {
            long oldest = now.taskTime - WINDOW_MICROS;
            loan.seen.values().removeIf(seen -> seen.rememberedFrom() < oldest);
        }
        loan.seen.put(fact.text("eventId"), new Seen(fact.digest(), Math.max(now.taskTime, fact.occurredAt())));
    }

    /** No such rule before the first price: the clock has not started. */
    private @Nullable String outsideOfTheWindow(Fact fact) {
        if (now.taskTime <= 0) {
            return null;
        }
        if (fact.occurredAt() < now.taskTime - WINDOW_MICROS) {
            return "LATE_BEYOND_WINDOW";
        }
        return fact.occurredAt() > now.taskTime + WINDOW_MICROS ? "AHEAD_OF_WINDOW" : null;
    }

    private After takeOutside(Fact fact, String reason) {
        boolean isMoney = fact.type().equals("RepaymentReceived") || fact.type().equals("SaleProceedsReceived");
        refuseIf(!isMoney, reason);
        amounts.money(fact);
        money.suspend(fact.number("amount"), fact.text("asset"), fact.text("paymentReference"));
        return After.OTHER;
    }

    private After apply(Fact fact) {
        return switch (fact.type()) {
            case "LoanRequested" -> requests.request(fact);
            case "LoanCancelled" -> requests.cancel(fact);
            case "ComplianceStatusChanged" -> requests.comply(fact);
            case "CollateralDetected" -> {
                amounts.coin(fact);
                yield custody.detected(fact);
            }
            case "CollateralLocked" -> {
                amounts.coin(fact);
                yield custody.locked(fact);
            }
            case "CollateralLockReverted" -> custody.reverted(fact);
            case "CollateralReleaseRequested" -> {
                refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
                amounts.coin(fact);
                yield custody.releaseRequested(fact);
            }
            case "CollateralReleased" -> {
                String proof = custody.returning(fact.text("instructionId"));
                if (proof != null) {
                    amounts.size(fact.number("quantity"));
                    yield custody.pledgeReturned(fact, proof);
                }
                amounts.coin(fact);
                yield custody.released(fact);
            }
            case "CollateralReturned" -> {
                amounts.coin(fact);
                yield desk.returned(fact);
            }
            case "CollateralDelivered" -> {
                amounts.coin(fact);
                yield desk.delivered(fact);
            }
            case "RepaymentReceived" -> {
                amounts.money(fact);
                yield payments.repaid(fact);
            }
            case "RepaymentReversed" -> {
                amounts.money(fact);
                yield payments.reversed(fact);
            }
            case "DisbursementConfirmed" -> {
                amounts.money(fact);
                Draw draw = draws.of(fact);
                yield draw == null ? money.disbursed(fact) : draws.confirmed(draw, fact);
            }
            case "DisbursementFailed" -> {
                Draw draw = draws.of(fact);
                yield draw == null ? money.failed(fact) : draws.failed(draw, fact);
            }
            case "DisbursementReturned" -> {
                amounts.money(fact);
                Draw draw = draws.of(fact);
                yield draw == null ? money.returned(fact) : draws.returned(draw, fact);
            }
            case "SaleProceedsReceived" -> {
                amounts.money(fact);
                yield desk.proceeds(fact);
            }
            case "SurplusPaid" -> {
                amounts.money(fact);
                yield money.surplusPaid(fact);
            }
            case "SurplusReturned" -> {
                amounts.money(fact);
                yield money.surplusReturned(fact);
            }
            case "ReconversionRequested" -> stabilised.requested();
            case "CollateralReconverted" -> {
                amounts.coin(fact);
                amounts.spent(fact);
                yield stabilised.reconverted(fact);
            }
            case "DrawdownRequested" -> {
                amounts.money(fact);
                yield draws.requested(fact);
            }
            case "TermsAmended" -> {
                amounts.fee(fact);
                yield new AmendmentRules(answer).amended(fact);
            }
            case "DefaultDeclared" -> defaults.declared(fact);
            case "DefaultWaived" -> defaults.waived(fact);
            case "MarginCallDisputed" -> clock.disputed(fact);
            case "MarginCallDisputeAnswered" -> clock.answered(fact);
            case "ChargeRaised" -> {
                amounts.charge(fact);
                yield payments.charged(fact);
            }
            case "CustodyStatement" -> {
                amounts.stated(fact);
                yield statements.stated(fact);
            }
            default -> throw new IllegalStateException("no rule for " + fact.type());
        };
    }

    // --- replies of the ledger's own side
    // ------------------------------------------------------------------------------

    private void takeReply(Fact reply) {
        switch (reply.type()) {
            case "ClaimGranted" -> follow(custody.granted(reply));
            case "ClaimDenied" -> follow(custody.denied(reply));
            case "CrossDefaultDeclared" -> {
                if (defaults.crossed(reply)) {
                    follow(After.OTHER);
                }
            }
            case "LiquidationDeclined" -> {
                sales.declined(reply);
                conclude();
            }
            case "AmendAck" -> {
                sales.acknowledged(reply);
                conclude();
            }
            case "LiquidationSettled" -> {
                sales.settled(reply);
                conclude();
            }
            default -> throw new IllegalStateException("no rule for " + reply.type());
        }
    }

    // --- what follows
    // ----------------------------------------------------------------------------------------------------

    private void follow(After after) {
        bindIfPossible();
        After credited = loan.bound() ? custody.creditClaimed() : null;
        custody.sendBackUnusable();
        if (!loan.bound()) {
            return;
        }
        margin.stopPayoutIfUnsecured();
        draws.stopIfUnsecured();
        value(credited == null ? after : credited);
        conclude();
    }

    private void bindIfPossible() {
        if (loan.status != Status.REQUESTED || loan.bound()) {
            return;
        }
        Product terms = now.newestTerms.get(loan.product);
        if (terms == null) {
            return;
        }
        if (!terms.debtAsset().equals(loan.debtCode)
                || !terms.coins().containsKey(loan.coinCode)
                || loan.draws.commitment.stripTrailingZeros().scale() > terms.debtScale()
                || firstDrawMisfits(terms)) {
            loan.status = Status.CANCELLED;
            answer.say("LoanCancelled");
            return;
        }
        Origination origination = terms.agreement().origination();
        if (origination != null && origination.of(loan.asked, terms.debtScale()).compareTo(loan.asked) >= 0) {
            loan.status = Status.CANCELLED;
            answer.say("LoanCancelled");
            return;
        }
        loan.bind(terms);
        answer.say(
                "TermsBound",
                "terms",
                terms,
                "principal",
                loan.money(loan.draws.commitment),
                "collateralAsset",
                loan.coin());
    }

    private boolean firstDrawMisfits(Product terms) {
        Line line = terms.agreement().line();
        if (line == null) {
            return loan.draws.firstIsNamed;
        }
        return loan.asked.stripTrailingZeros().scale() > terms.debtScale()
                || loan.asked.compareTo(loan.draws.commitment) > 0
                || loan.asked.compareTo(line.minimumDraw()) < 0;
    }

    private void value(After after) {
        Priced at = now.openPrice(loan);
        switch (loan.status) {
            case REQUESTED -> margin.issueIfPossible();
            case ISSUED -> margin.stopPayoutIfBreached(at);
            case ACTIVE -> {
                draws.stopIfBreached(at);
                if (loan.sale != null) {
                    if (after.moves()) {
                        margin.cases.measureAgain(after);
                    }
                } else if (at != null) {
                    boolean byPrice = after.cure().equals(After.PRICE);
                    margin.evaluate(at, after.cure(), byPrice ? at.time() : after.valueTime());
                }
            }
            case UNKNOWN, SHORTFALL, REPAID, CANCELLED, CLOSED -> {}
        }
    }

    private void observe(IndexRecord index) {
        Priced at = loan.bound() ? now.visit(loan, index) : null;
        if (at == null || !at.open()) {
            return;
        }
        switch (loan.status) {
            case REQUESTED -> margin.issueIfPossible();
            case ISSUED -> margin.stopPayoutIfBreached(at);
            case ACTIVE -> {
                draws.stopIfBreached(at);
                if (loan.sale == null) {
                    boolean had = StabilisedRules.has(loan);
                    margin.evaluate(at, After.PRICE, at.time());
                    if (had && !StabilisedRules.has(loan)) {
                        conclude();
                    }
                } else {
                    margin.cases.growAtPrice(at);
                }
            }
            case UNKNOWN, SHORTFALL, REPAID, CANCELLED, CLOSED -> {}
        }
    }

    private void pass(long time, List<Integer> postedThrough) {
        clock.pass(time);
        boolean wasInDefault = loan.defaults.now != null;
        if (loan.status == Status.REQUESTED && !loan.bound()) {
            follow(After.OTHER);
        }
        schedule.pass(time);
        if (!wasInDefault && loan.defaults.now != null) {
            conclude();
        }
        if (draws.pass(time)) {
            conclude();
        }
        for (int day : postedThrough) {
            if (schedule.hasItsOwnPostingDay()) {
                money.postPeriodically(day);
            }
        }
    }

    /** The end of a loan, which no price decides. */
    private void conclude() {
        if (!loan.bound()) {
            return;
        }
        defaults.endIfPaid();
        margin.cases.shrinkIfDefaultEnded();
        sales.shortfallIfSoldOut();
        boolean live = loan.status == Status.ACTIVE || loan.status == Status.SHORTFALL;
        if (live) {
            stabilised.giveBackIfClear();
        }
        if (live && loan.sale == null && loan.purchases.isEmpty() && loan.debtIsClear()) {
            if (loan.call != null) {
                margin.calls.cancel("REPAID");
            }
            if (!loan.draws.isOpen(loan)) {
                loan.status = Status.REPAID;
                answer.say("LoanRepaid");
            }
        }
        boolean over = loan.status == Status.REPAID || loan.status == Status.CANCELLED;
        if (over && !loan.frozen && !loan.custody.isShort()) {
            for (Coin coin : loan.coins()) {
                BigDecimal free = loan.basket(coin.asset()).free();
                if (free.signum() > 0) {
                    custody.instructRelease(coin.asset(), free);
                }
            }
        }
        money.payOutIfOwed();
        if (over
                && loan.baskets().values().stream().allMatch(Basket::isEmpty)
                && loan.releases.isEmpty()
                && loan.payouts.isEmpty()
                && loan.pledgeReturns.isEmpty()
                && !custody.awaitsAClaim()
                && loan.clearing.signum() <= 0
                && loan.surplusOwed.signum() == 0) {
            loan.status = Status.CLOSED;
            answer.say("LoanClosed");
        }
    }
}
