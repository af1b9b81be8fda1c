package io.loanledger.core.lender;

import io.loanledger.core.terms.ProductTerms;
import java.util.List;

/**
 * A lender's published terms, as facts quoted from a page that anybody could read.
 *
 * @param name as the lender is known
 * @param source address of the page
 * @param published when the page was written, as far as it says so
 * @param terms the same as a product of the ledger
 * @param assumed figures that the lender names no single value of, and the one that is taken here
 * @param approximated published terms that these terms express otherwise than the lender does, or not at all
 */
public record Lender(
        String name,
        String source,
        String published,
        ProductTerms terms,
        List<String> assumed,
        List<String> approximated) {
    public Lender {
        assumed = List.copyOf(assumed);
        approximated = List.copyOf(approximated);
    }
}
