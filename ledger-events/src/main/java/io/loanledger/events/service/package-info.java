/**
 * What every service shows to its operator: meters under the names of {@link io.loanledger.events.service.LedgerMeter}, the lag of its
 * consumer group, liveness and readiness. Only the services use it; Micrometer is an optional dependency, so a custody system or a desk
 * that takes this library for its records never loads it.
 */
package io.loanledger.events.service;
