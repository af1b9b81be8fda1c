/** The simulated world of a soak: it lives by the clock on the wall and goes on whatever happens to brokers and registry. */
package io.loanledger.local.soak.world;
