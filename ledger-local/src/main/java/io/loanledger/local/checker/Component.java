package io.loanledger.local.checker;

/** What a debt is made of. */
enum Component {
    COSTS,
    PENALTIES,
    FEES,
    INTEREST,
    PRINCIPAL
}
