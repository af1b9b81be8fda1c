package io.loanledger.core.protocol;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.money.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything at one moment. Immutable.
 *
 * @param ledger the ledger as it works, uncommitted input included
 * @param processor likewise
 * @param desk the desk
 * @param wires what is on its way, committed
 * @param clock the wall clock, which is also the market's
 * @param prices how many index prices were published
 * @param facts how many facts were told
 * @param done how often each thing happened outside
 * @param deskMoves how often the desk acted by FIX
 * @param mischief and against it
 * @param wireFaults how often the wire failed
 * @param ledgerOpen the ledger's open transaction; null between two
 * @param processorOpen the processor's
 * @param bounds by case, the most that may be live and filled as the ledger has committed it
 */
record State(
        LedgerSide ledger,
        ProcessorSide processor,
        DeskSide desk,
        Wires wires,
        Instant clock,
        int prices,
        int facts,
        Map<Outside, Integer> done,
        int deskMoves,
        int mischief,
        int wireFaults,
        @Nullable Open ledgerOpen,
        @Nullable Open processorOpen,
        Map<String, Quantity> bounds) {
    /** An open transaction: the state before it, what was read, what will be visible with its commit. */
    record Open(Side before, List<Sent> read, List<Sent> sent) {
        Open and(Sent message, List<Sent> more) {
            List<Sent> nowRead = new ArrayList<>(read);
            nowRead.add(message);
            List<Sent> nowSent = new ArrayList<>(sent);
            nowSent.addAll(more);
            return new Open(before, List.copyOf(nowRead), List.copyOf(nowSent));
        }

        String digest() {
            return before.digest() + read + sent;
        }
    }

    int happened() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean isQuiet() {
        return wires.isEmpty() && ledgerOpen == null && processorOpen == null;
    }

    /** The ledger as others can know it. */
    LedgerSide committedLedger() {
        return ledgerOpen == null ? ledger : (LedgerSide) ledgerOpen.before();
    }

    /** The same digest is the same future. */
    String digest() {
        return Side.digestOf(ledger.digest()
                + processor.digest()
                + desk.digest()
                + wires
                + clock
                + prices
                + facts
                + done
                + deskMoves
                + mischief
                + wireFaults
                + (ledgerOpen == null ? "" : ledgerOpen.digest())
                + (processorOpen == null ? "" : processorOpen.digest())
                + bounds);
    }

    State withWires(Wires next) {
        return new State(
                ledger,
                processor,
                desk,
                next,
                clock,
                prices,
                facts,
                done,
                deskMoves,
                mischief,
                wireFaults,
                ledgerOpen,
                processorOpen,
                bounds);
    }

    State withLedger(LedgerSide next, @Nullable Open open) {
        return new State(
                next,
                processor,
                desk,
                wires,
                clock,
                prices,
                facts,
                done,
                deskMoves,
                mischief,
                wireFaults,
                open,
                processorOpen,
                bounds);
    }

    State withProcessor(ProcessorSide next, @Nullable Open open) {
        return new State(
                ledger,
                next,
                desk,
                wires,
                clock,
                prices,
                facts,
                done,
                deskMoves,
                mischief,
                wireFaults,
                ledgerOpen,
                open,
                bounds);
    }

    State withDesk(DeskSide next, int moves, int nowMischief) {
        return new State(
                ledger,
                processor,
                next,
                wires,
                clock,
                prices,
                facts,
                done,
                moves,
                nowMischief,
                wireFaults,
                ledgerOpen,
                processorOpen,
                bounds);
    }

    State withWireFault() {
        return new State(
                ledger,
                processor,
                desk,
                wires,
                clock,
                prices,
                facts,
                done,
                deskMoves,
                mischief,
                wireFaults + 1,
                ledgerOpen,
                processorOpen,
                bounds);
    }

    State at(Instant nextClock, int nextPrices, int nextFacts) {
        return new State(
                ledger,
                processor,
                desk,
                wires,
                nextClock,
                nextPrices,
                nextFacts,
                done,
                deskMoves,
                mischief,
                wireFaults,
                ledgerOpen,
                processorOpen,
                bounds);
    }

    State did(Outside what) {
        Map<Outside, Integer> next = new TreeMap<>(done);
        next.merge(what, 1, Integer::sum);
        return new State(
                ledger,
                processor,
                desk,
                wires,
                clock,
                prices,
                facts,
                next,
                deskMoves,
                mischief,
                wireFaults,
                ledgerOpen,
                processorOpen,
                bounds);
    }

    /** What the ledger has just committed bounds what may be sold: of an open case its reservation, of a closed one what it sold. */
    State bounded() {
        Map<String, Quantity> next = new TreeMap<>(bounds);
        for (Loan loan : ledger.loans) {
            String prefix = loan.loanId() + "/case/";
            next.replaceAll((id, former) -> {
                if (!id.startsWith(prefix)
                        || (loan.openCase() != null && loan.openCase().caseId().equals(id))) {
                    return former;
                }
                // A bust lowers a closed case; its coin may be sold once more by the order that came back to life.
                return loan.closedCase(id).isEmpty() ? Shop.none() : former;
            });
            if (loan.openCase() != null) {
                next.put(loan.openCase().caseId(), loan.openCase().reserved());
            }
        }
        return new State(
                ledger,
                processor,
                desk,
                wires,
                clock,
                prices,
                facts,
                done,
                deskMoves,
                mischief,
                wireFaults,
                ledgerOpen,
                processorOpen,
                next);
    }
}
