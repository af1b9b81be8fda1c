/** What venues say in, one fenced index price per market out, to every partition. */
package io.loanledger.ingest;
