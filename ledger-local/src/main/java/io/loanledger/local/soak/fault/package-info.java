/** What a soak does to its processes, drawn from a seed, each with the outcome that is expected. */
package io.loanledger.local.soak.fault;
