package io.loanledger.core.model;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The naive model as a witness of one history: it answers the same input and compares answer and standing. */
final class Agreement implements Stage.Witness {
    private @Nullable NaiveModel model;

    @Override
    public void hears(Stage.Told told) {
        if (model == null) {
            model = new NaiveModel(told.before().loanId(), told.world());
        }
        List<String> said = Tongue.of(told);
        List<String> expected = model.answer(told.input(), postedThrough(told));
        if (!said.equals(expected)) {
            throw new AssertionError(told.kind() + "\n ledger said " + said + "\n model says  " + expected);
        }
        Loan after =
                told.steps().isEmpty() ? told.before() : told.steps().getLast().after();
        String state = Picture.of(after);
        String expectedState = Picture.of(model);
        if (!state.equals(expectedState)) {
            throw new AssertionError(told.kind() + "\n ledger " + state + "\n model  " + expectedState);
        }
    }

    /** Interest is posted for each instalment too, and that day is none of the ledger's choice. */
    private static List<LoanEvent> behindTheBills(List<LoanEvent> events) {
        int bills = 0;
        for (int i = 0; i < events.size(); i++) {
            LoanEvent event = events.get(i);
            boolean byRule = event instanceof LoanEvent.InstalmentDue
                    || event instanceof LoanEvent.LoanDefaulted
                    || event instanceof LoanEvent.StabilisedApplied;
            bills = byRule ? i + 1 : bills;
        }
        return events.subList(bills, events.size());
    }

    /** The day of a periodic posting is the ledger's choice; its amount is not. */
    private static List<LocalDate> postedThrough(Stage.Told told) {
        return told.input() instanceof LoanInput.TimePassed
                ? behindTheBills(told.events()).stream()
                        .filter(LoanEvent.InterestPosted.class::isInstance)
                        .map(e -> ((LoanEvent.InterestPosted) e).through())
                        .toList()
                : List.of();
    }
}
