/**
 * Faults planted on purpose, each of a kind that costs a lender money, and the proof that the project's own tests see it. {@code
 * ./mvnw -P planted-bugs verify} plants one at a time, in a copy of the class it belongs to, and runs the tests that are to fail.
 */
package io.loanledger.local.planted;
