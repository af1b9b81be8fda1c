package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;

/** What the desk had sold when a case was closed; a later change of these figures is a claim on the desk. */
public record ClosedCase(String caseId, Quantity cumQuantity, Money cumGross, Money cumDeskFees) {}
