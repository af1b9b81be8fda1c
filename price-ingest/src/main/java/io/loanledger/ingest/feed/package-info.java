/** Ticks from scenarios and files into the topic of ticks, at a chosen speed. */
package io.loanledger.ingest.feed;
