package io.loanledger.local.checker;

import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.Loan;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A loan as no journal can have made it: what a failing disk, a stranger or a bug may leave in a store. */
final class BrokenLoan {
    private BrokenLoan() {}

    /** With an instruction to release coin that its collateral knows nothing of: it breaks when custody reports that. */
    static Loan withUnknownRelease(Loan loan, String instructionId, String quantity) {
        List<Instruction> instructions = new ArrayList<>(loan.instructions());
        instructions.add(new Instruction(instructionId, Instruction.Kind.RELEASE_COLLATERAL, new BigDecimal(quantity)));
        return with(loan, "instructions", instructions);
    }

    /** The same with its instructions as they were. */
    static Loan without(Loan loan, String instructionId) {
        return with(
                loan,
                "instructions",
                loan.instructions().stream()
                        .filter(each -> !each.instructionId().equals(instructionId))
                        .toList());
    }

    private static Loan with(Loan loan, String component, Object value) {
        RecordComponent[] components = Loan.class.getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(loan);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return Loan.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }
}
