package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.SaleAmendment;
import io.loanledger.core.liquidation.SaleEvidence;
import io.loanledger.core.liquidation.SaleReason;
import io.loanledger.core.liquidation.SaleRequest;
import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.money.Asset;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as a state machine: its loans, its clock and the newest price, moved by the decider alone. What the task around the decider
 * does (deadlines before a price, visits by trigger, what goes out with an event) is written here once more, from the documents.
 */
final class LedgerSide extends Side {
    private static final int HORIZON_DAYS = 7;

    final List<Loan> loans;
    final Instant taskTime;
    final @Nullable IndexPrice index;
    final boolean paused;

    /** One input of a loan and its answer. */
    record Heard(Loan before, LoanInput input, Decision decision) {
        Loan after() {
            return decision instanceof Decision.Accepted accepted
                            && !accepted.steps().isEmpty()
                    ? accepted.steps().getLast().after()
                    : before;
        }

        List<LoanEvent> events() {
            return decision instanceof Decision.Accepted accepted
                    ? accepted.steps().stream().map(Decision.Step::event).toList()
                    : List.of();
        }
    }

    /** What a message did. */
    record Taken(LedgerSide after, List<Sent> sent, List<Heard> heard) {}

    LedgerSide(List<Loan> loans, Instant taskTime, @Nullable IndexPrice index, boolean paused) {
        this.loans = List.copyOf(loans);
        this.taskTime = taskTime;
        this.index = index;
        this.paused = paused;
    }

    Loan loan(String loanId) {
        return loans.stream().filter(l -> l.loanId().equals(loanId)).findFirst().orElseThrow();
    }

    @Override
    String content() {
        return loans + "|" + taskTime + "|" + index + "|" + paused;
    }

    Taken take(Message message) {
        Work work = new Work(this);
        switch (message) {
            case Message.Price price -> work.price(price.index());
            case Message.ForLoan forLoan -> work.decide(work.position(forLoan.loanId()), forLoan.input());
            case Message.Pause pause -> work.paused = pause.paused();
            case Message.Request m -> throw new IllegalStateException("not for the ledger: " + m);
            case Message.Amend m -> throw new IllegalStateException("not for the ledger: " + m);
            case Message.Order m -> throw new IllegalStateException("not for the ledger: " + m);
            case Message.Cancel m -> throw new IllegalStateException("not for the ledger: " + m);
            case Message.Report m -> throw new IllegalStateException("not for the ledger: " + m);
            case Message.CancelRefused m -> throw new IllegalStateException("not for the ledger: " + m);
            case Message.Kill m -> throw new IllegalStateException("not for the ledger: " + m);
        }
        return new Taken(
                new LedgerSide(work.loans, work.taskTime, work.index, work.paused),
                List.copyOf(work.sent),
                List.copyOf(work.heard));
    }

    /** The mutable moment between two states. */
    private static final class Work implements Circumstances {
        final List<Loan> loans;
        final List<Sent> sent = new ArrayList<>();
        final List<Heard> heard = new ArrayList<>();
        Instant taskTime;

        @Nullable
        IndexPrice index;

        boolean paused;

        Work(LedgerSide side) {
            loans = new ArrayList<>(side.loans);
            taskTime = side.taskTime;
            index = side.index;
            paused = side.paused;
        }

        int position(String loanId) {
            for (int i = 0; i < loans.size(); i++) {
                if (loans.get(i).loanId().equals(loanId)) {
                    return i;
                }
            }
            loans.add(Loan.unknown(loanId));
            return loans.size() - 1;
        }

        /** What is due strictly before the price's time, on the former price; then the price, for those whose trigger it crosses. */
        void price(IndexPrice next) {
            if (index != null && !next.isAfter(index.epoch(), index.sequence())) {
                return;
            }
            Instant moved = next.priceTime().isAfter(taskTime) ? next.priceTime() : taskTime;
            for (int i = 0; i < loans.size(); i++) {
                Instant due = triggers(i).decideAt();
                if (due != null && due.isBefore(moved)) {
                    decide(i, new LoanInput.TimePassed(moved));
                }
            }
            taskTime = moved;
            index = next;
            if (!next.state().isOpen() || paused) {
                return;
            }
            long key = next.price().movePointRight(LoanTriggers.KEY_SCALE).longValueExact();
            for (int i = 0; i < loans.size(); i++) {
                LoanTriggers triggers = triggers(i);
                if (triggers.market() != null && (key <= triggers.fallingKey() || key >= triggers.risingKey())) {
                    decide(i, new LoanInput.PriceObserved(next));
                }
            }
        }

        private LoanTriggers triggers(int i) {
            return LoanTriggers.of(loans.get(i), taskTime, HORIZON_DAYS);
        }

        void decide(int i, LoanInput input) {
            Heard answer = new Heard(loans.get(i), input, LoanDecider.decide(loans.get(i), input, this));
            heard.add(answer);
            loans.set(i, answer.after());
            if (answer.decision() instanceof Decision.Accepted accepted) {
                accepted.steps().forEach(step -> tell(step.event(), step.after()));
            }
        }

        private void tell(LoanEvent event, Loan after) {
            if (event instanceof LoanEvent.LiquidationRequested e) {
                sent.add(new Sent(Channel.REQUESTS, new Message.Request(request(e, after))));
            } else if (event instanceof LoanEvent.LiquidationAmended e) {
                PriceEvidence evidence = e.evidence();
                sent.add(new Sent(
                        Channel.REQUESTS,
                        new Message.Amend(new SaleAmendment(
                                e.caseId(),
                                after.loanId(),
                                e.version(),
                                e.reserved(),
                                evidence == null ? null : sale(evidence)))));
            } else if (event instanceof LoanEvent.CollateralLocked e) {
                sent.add(new Sent(
                        Channel.CLAIM_RESULTS,
                        new Message.ForLoan(after.loanId(), new LoanInput.ClaimGranted(e.proof()))));
            }
        }

        private static SaleRequest request(LoanEvent.LiquidationRequested e, Loan after) {
            return new SaleRequest(
                    e.caseId(),
                    after.loanId(),
                    1,
                    SaleReason.valueOf(e.reason().name()),
                    e.reserved(),
                    e.lotSize(),
                    new BigDecimal("0.02"),
                    e.evidence().index().priceTime(),
                    sale(e.evidence()));
        }

        private static SaleEvidence sale(PriceEvidence evidence) {
            IndexPrice index = evidence.index();
            return new SaleEvidence(
                    index.epoch(),
                    index.sequence(),
                    index.priceTime(),
                    index.price(),
                    evidence.exposure(),
                    evidence.collateral(),
                    BigDecimal.ZERO,
                    evidence.threshold());
        }

        @Override
        public Instant taskTime() {
            return taskTime;
        }

        @Override
        public ProductTerms newestTerms(String productId) {
            return Shop.TERMS;
        }

        @Override
        public @Nullable Asset asset(String code) {
            return switch (code) {
                case "BTC" -> Shop.BTC;
                case "USD" -> Shop.USD;
                default -> null;
            };
        }

        @Override
        public @Nullable IndexPrice price(String market) {
            if (index == null || !paused) {
                return index;
            }
            return new IndexPrice(
                    index.market(),
                    index.epoch(),
                    index.sequence(),
                    index.priceTime(),
                    index.price(),
                    IndexState.HALTED,
                    "paused",
                    index.quorum(),
                    index.sources());
        }

        @Override
        public boolean isFresh(String market) {
            return index != null;
        }
    }
}
