package io.loanledger.streams;

import io.loanledger.events.topic.Topic;

/**
 * Names that outlive the code: the consumer group, changelog topics and folders on disk are made of them. Changing one abandons
 * what stands under the old name; {@code LedgerTopologyTest} freezes them.
 */
public final class LedgerNames {
    /** Consumer group, prefix of the changelogs and of the transactional ids. */
    public static final String APPLICATION_ID = "loan-ledger";

    /** Who says so, in facts that the ledger itself writes. */
    public static final String PRODUCER = "ledger-streams";

    public static final String LOAN_TASK = "loan-task";
    public static final String CLAIM_TASK = "claim-task";

    /** One record per loan. */
    public static final String LOANS_STORE = "loans";
    /** What a task knows beside its loans. */
    public static final String TASK_STATE_STORE = "task-state";
    /** Which loan holds a proof of collateral. */
    public static final String CLAIMS_STORE = "claims";

    private LedgerNames() {}

    /** "lending.loans.v1" is read by "from-lending.loans". */
    public static String sourceOf(Topic topic) {
        return "from-" + withoutVersion(topic);
    }

    /** "ledger.journal.v1" is written by "to-ledger.journal". */
    public static String sinkOf(Topic topic) {
        return "to-" + withoutVersion(topic);
    }

    /** As {@link #sinkOf}, for the claims: a sink that both tasks shared would make one of them. */
    public static String claimSinkOf(Topic topic) {
        return "claims-to-" + withoutVersion(topic);
    }

    private static String withoutVersion(Topic topic) {
        return topic.name().substring(0, topic.name().lastIndexOf('.'));
    }
}
