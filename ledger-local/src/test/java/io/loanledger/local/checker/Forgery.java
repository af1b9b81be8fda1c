package io.loanledger.local.checker;

import java.util.function.Consumer;

/** What was done to a history, and who has to find it. */
record Forgery(String what, Check check, Consumer<Forger> deed) {}
