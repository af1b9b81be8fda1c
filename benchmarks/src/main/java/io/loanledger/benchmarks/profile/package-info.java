/** Where the processor time of a measured process goes: samples of its stacks, sorted into the rooms of the ledger's path. */
package io.loanledger.benchmarks.profile;
