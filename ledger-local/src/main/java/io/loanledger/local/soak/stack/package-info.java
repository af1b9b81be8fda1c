/** The processes of a soak: three brokers, the registry, every service twice, and who starts them again. */
package io.loanledger.local.soak.stack;
