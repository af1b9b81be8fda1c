/**
 * The liquidation book: from a request to sell to limit orders at a desk, and from the desk's reports back to what each case has sold.
 * Pure: inputs in, effects out; time comes with the inputs.
 */
package io.loanledger.core.liquidation;
