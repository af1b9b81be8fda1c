package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Money over what is owed, and what is beyond it.
 *
 * @param parts what of fees, interest and principal went to instalments, by due date
 */
record Spread(
        BigDecimal costs,
        BigDecimal penalties,
        BigDecimal fees,
        BigDecimal interest,
        BigDecimal principal,
        BigDecimal surplus,
        List<Part> parts) {
    static final Spread NONE = new Spread(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, List.of());

    /** Of one instalment. */
    record Part(int bucket, BigDecimal fees, BigDecimal interest, BigDecimal principal) {
        BigDecimal of(Component component) {
            return switch (component) {
                case COSTS, PENALTIES -> ZERO;
                case FEES -> fees;
                case INTEREST -> interest;
                case PRINCIPAL -> principal;
            };
        }

        Part plus(Component component, BigDecimal amount) {
            return new Part(
                    bucket,
                    component == Component.FEES ? fees.add(amount) : fees,
                    component == Component.INTEREST ? interest.add(amount) : interest,
                    component == Component.PRINCIPAL ? principal.add(amount) : principal);
        }

        boolean isNothing() {
            return fees.signum() == 0 && interest.signum() == 0 && principal.signum() == 0;
        }
    }

    BigDecimal of(Component component) {
        return switch (component) {
            case COSTS -> costs;
            case PENALTIES -> penalties;
            case FEES -> fees;
            case INTEREST -> interest;
            case PRINCIPAL -> principal;
        };
    }

    static Spread toPrincipal(BigDecimal principal, BigDecimal surplus) {
        return new Spread(ZERO, ZERO, ZERO, ZERO, principal, surplus, List.of());
    }

    /** More to a component, and to an instalment of it. */
    Spread plus(Component component, BigDecimal amount, int bucket) {
        List<Part> next = parts;
        if (bucket != Slot.LOOSE) {
            Part part = new Part(bucket, ZERO, ZERO, ZERO).plus(component, amount);
            next = merged(parts, List.of(part));
        }
        return new Spread(
                component == Component.COSTS ? costs.add(amount) : costs,
                component == Component.PENALTIES ? penalties.add(amount) : penalties,
                component == Component.FEES ? fees.add(amount) : fees,
                component == Component.INTEREST ? interest.add(amount) : interest,
                component == Component.PRINCIPAL ? principal.add(amount) : principal,
                surplus,
                next);
    }

    Spread withSurplus(BigDecimal amount) {
        return new Spread(costs, penalties, fees, interest, principal, amount, parts);
    }

    Spread negated() {
        return new Spread(
                costs.negate(),
                penalties.negate(),
                fees.negate(),
                interest.negate(),
                principal.negate(),
                surplus.negate(),
                parts.stream()
                        .map(part -> new Part(
                                part.bucket(),
                                part.fees().negate(),
                                part.interest().negate(),
                                part.principal().negate()))
                        .toList());
    }

    Spread plus(Spread other) {
        return new Spread(
                costs.add(other.costs),
                penalties.add(other.penalties),
                fees.add(other.fees),
                interest.add(other.interest),
                principal.add(other.principal),
                surplus.add(other.surplus),
                merged(parts, other.parts));
    }

    /** By number, which is by due date; nothing that is nothing. */
    private static List<Part> merged(List<Part> some, List<Part> others) {
        if (others.isEmpty()) {
            return some;
        }
        List<Part> merged = new ArrayList<>(some);
        for (Part other : others) {
            int at = 0;
            while (at < merged.size() && merged.get(at).bucket() < other.bucket()) {
                at++;
            }
            if (at < merged.size() && merged.get(at).bucket() == other.bucket()) {
                Part both = merged.get(at)
                        .plus(Component.FEES, other.fees())
                        .plus(Component.INTEREST, other.interest())
                        .plus(Component.PRINCIPAL, other.principal());
                merged.set(at, both);
            } else {
                merged.add(at, other);
            }
        }
        merged.removeIf(Part::isNothing);
        return List.copyOf(merged);
    }

    /** What goes to debt. */
    BigDecimal debt() {
        return costs.add(penalties).add(fees).add(interest).add(principal);
    }

    BigDecimal total() {
        return debt().add(surplus);
    }

    /** What it takes off the debt, and the rest that is the borrower's, as the credit side of a double entry. */
    Map<String, BigDecimal> credits(String asset) {
        return Answer.entries(
                asset,
                "COSTS_RECEIVABLE",
                costs.negate(),
                "PENALTIES_RECEIVABLE",
                penalties.negate(),
                "FEES_RECEIVABLE",
                fees.negate(),
                "INTEREST_RECEIVABLE",
                interest.negate(),
                "PRINCIPAL_RECEIVABLE",
                principal.negate(),
                "SURPLUS_PAYABLE",
                surplus.negate());
    }
}
