package io.loanledger.core.model;

import io.loanledger.core.loan.Agreement;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.Loan;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A loan with one component changed, as no event changes it. */
public final class LoanWith {
    private LoanWith() {}

    /** The same loan under another id. */
    public static Loan id(Loan loan, String loanId) {
        return component(loan, "loanId", loanId);
    }

    /** Under another agreement. */
    public static Loan agreement(Loan loan, Agreement agreement) {
        return component(loan, "agreement", agreement);
    }

    /**
     * With an instruction to release coin that the collateral knows nothing of: such a loan can be read, and breaks when custody says
     * that it has done so (CollateralConservation: less than nothing is on its way back).
     */
    public static Loan unknownRelease(Loan loan, String instructionId, String quantity) {
        List<Instruction> instructions = new ArrayList<>(loan.instructions());
        instructions.add(new Instruction(instructionId, Instruction.Kind.RELEASE_COLLATERAL, new BigDecimal(quantity)));
        return component(loan, "instructions", instructions);
    }

    /** Without an instruction. */
    public static Loan noInstruction(Loan loan, String instructionId) {
        return component(
                loan,
                "instructions",
                loan.instructions().stream()
                        .filter(each -> !each.instructionId().equals(instructionId))
                        .toList());
    }

    private static Loan component(Loan loan, String name, Object value) {
        RecordComponent[] components = Loan.class.getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getName().equals(name)
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
