package io.loanledger.events.topic;

import io.loanledger.events.AmendAck;
import io.loanledger.events.BlockFormed;
import io.loanledger.events.BorrowerLoanDefaulted;
import io.loanledger.events.BorrowerLoanLive;
import io.loanledger.events.BorrowerLoanOver;
import io.loanledger.events.BuyBack;
import io.loanledger.events.CancelDisbursement;
import io.loanledger.events.ChargeRaised;
import io.loanledger.events.ClaimDenied;
import io.loanledger.events.ClaimGranted;
import io.loanledger.events.ClaimRequested;
import io.loanledger.events.ClaimWithdrawn;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.CollateralLockReverted;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralReconverted;
import io.loanledger.events.CollateralReleaseRequested;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.CollateralReturned;
import io.loanledger.events.ComplianceStatusChanged;
import io.loanledger.events.ConcentrationAddOn;
import io.loanledger.events.CrossDefaultDeclared;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.DefaultDeclared;
import io.loanledger.events.DefaultWaived;
import io.loanledger.events.DeliverCollateral;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.DisbursementFailed;
import io.loanledger.events.DisbursementReturned;
import io.loanledger.events.DrawdownRequested;
import io.loanledger.events.ExecutionRecord;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LoanCancelled;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallAccelerated;
import io.loanledger.events.MarginCallCancelled;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.MarginCallDisputeAnswered;
import io.loanledger.events.MarginCallDisputeClosed;
import io.loanledger.events.MarginCallDisputeOpened;
import io.loanledger.events.MarginCallDisputed;
import io.loanledger.events.MarginCallExpired;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.MarginNoticeIssued;
import io.loanledger.events.MarketPause;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.OrderCancel;
import io.loanledger.events.OrderCancelReject;
import io.loanledger.events.OrderStatusRequest;
import io.loanledger.events.PaySurplus;
import io.loanledger.events.PriceTick;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RateFixing;
import io.loanledger.events.ReconversionRequested;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.RepaymentReversed;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.SellOrder;
import io.loanledger.events.SurplusPaid;
import io.loanledger.events.SurplusReturned;
import io.loanledger.events.SweepContinuation;
import io.loanledger.events.TermsAmended;
import io.loanledger.events.topic.Topic.KeyKind;
import io.loanledger.events.topic.Topic.Partitions;
import io.loanledger.events.topic.Topic.Party;
import io.loanledger.events.topic.Topic.Retention;
import io.loanledger.events.topic.Topic.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Every topic of the ledger: the only place where a topic's name is written.
 *
 * <p>One topic for each role of a counterparty, so that the brokers' access lists can say who may write what. All topics but the
 * lender's own terms share one number of partitions, because one task reads its partition of all of them; that number can never
 * change once there are records.
 */
public final class TopicCatalogue {

    /** The shared number of partitions in production. */
    public static final int PRODUCTION_PARTITIONS = 24;

    /** The package of the generated records, and the namespace of their schemas. */
    private static final String CONTRACT = "io.loanledger.events";

    /** Twice the time for which the ledger remembers event ids: whatever it may still ask about can still be read. */
    private static final Retention FACTS = new Retention.AtLeast(Duration.ofDays(90));

    private static final Retention INDEX = new Retention.AtLeast(Duration.ofDays(30));
    private static final Retention TICKS = new Retention.AtLeast(Duration.ofDays(7));
    private static final Retention FOREVER = new Retention.Forever();

    public static final Topic COLLATERAL = topic(
            "custody.collateral.v1",
            KeyKind.LOAN,
            FACTS,
            Party.CUSTODY,
            "What custody sees, locks, releases, delivers and holds.",
            CollateralDetected.class,
            CollateralLocked.class,
            CollateralLockReverted.class,
            CollateralReleased.class,
            CollateralDelivered.class,
            CollateralReturned.class,
            CollateralReconverted.class,
            CustodyStatement.class);

    public static final Topic LOANS = topic(
            "lending.loans.v1",
            KeyKind.LOAN,
            FACTS,
            Party.ORIGINATION,
            "What borrowers and compliance ask for.",
            LoanRequested.class,
            LoanCancelled.class,
            DrawdownRequested.class,
            TermsAmended.class,
            CollateralReleaseRequested.class,
            ReconversionRequested.class,
            ComplianceStatusChanged.class,
            ChargeRaised.class,
            DefaultDeclared.class,
            DefaultWaived.class,
            MarginCallDisputed.class,
            MarginCallDisputeAnswered.class);

    /** One partition, so that terms, pauses and the kill switch have one order; kept for ever, as the basis of every loan. */
    public static final Topic TERMS = new Topic(
            "lending.terms.v1",
            KeyKind.TERMS_SUBJECT,
            List.of(
                    ProductTerms.class,
                    RateFixing.class,
                    ConcentrationAddOn.class,
                    MarketPause.class,
                    KillSwitch.class,
                    OperatorSkip.class),
            Partitions.ONE,
            FOREVER,
            Time.APPENDED,
            Party.RISK_TEAM,
            "The terms of products, fixings of rates, add-ons for concentration, pauses of markets, the kill switch and what operators skip, in one order.");

    public static final Topic TERMS_FANNED = topic(
            "lending.terms-fanned.v1",
            KeyKind.TERMS_SUBJECT,
            FOREVER,
            Party.TERMS_FAN_OUT,
            "The terms again, each in every partition, in one transaction and one sequence.",
            FannedTerms.class);

    public static final Topic MOVEMENTS = topic(
            "payments.movements.v1",
            KeyKind.LOAN,
            FACTS,
            Party.PAYMENTS,
            "Money that moved, or failed to.",
            RepaymentReceived.class,
            RepaymentReversed.class,
            DisbursementConfirmed.class,
            DisbursementFailed.class,
            DisbursementReturned.class,
            SaleProceedsReceived.class,
            SurplusPaid.class,
            SurplusReturned.class);

    public static final Topic TICKS_OF_VENUES = topic(
            "prices.ticks.v1",
            KeyKind.MARKET,
            TICKS,
            Party.PRICE_FEED,
            "One record for each quote or trade of a venue.",
            PriceTick.class);

    public static final Topic INDEX_PRICES = topic(
            "prices.index.v1",
            KeyKind.MARKET,
            INDEX,
            Party.PRICE_INGEST,
            "The index price of each market, each in every partition, in one transaction and one sequence.",
            IndexPrice.class);

    /** The source of truth: its cleanup policy is empty, so that nothing is ever deleted or compacted. */
    public static final Topic JOURNAL = new Topic(
            "ledger.journal.v1",
            KeyKind.LOAN,
            JournalRecords.ALL,
            Partitions.SHARED,
            FOREVER,
            Time.APPENDED,
            Party.LEDGER_STREAMS,
            "Every event of the ledger, chained by hashes: the source of truth.");

    public static final Topic MARGIN_CALLS = topic(
            "ledger.margin-calls.v1",
            KeyKind.LOAN,
            FACTS,
            Party.LEDGER_STREAMS,
            "Margin calls and what became of them.",
            MarginCallIssued.class,
            MarginCallCured.class,
            MarginCallCancelled.class,
            MarginCallExpired.class,
            MarginNoticeIssued.class,
            MarginCallAccelerated.class,
            MarginCallDisputeOpened.class,
            MarginCallDisputeClosed.class);

    public static final Topic REJECTIONS = topic(
            "ledger.rejections.v1",
            KeyKind.LOAN,
            FACTS,
            Party.LEDGER_STREAMS,
            "Well-formed input that the business refuses, with the reason.",
            Rejection.class);

    public static final Topic CUSTODY_INSTRUCTIONS = topic(
            "custody.instructions.v1",
            KeyKind.LOAN,
            FACTS,
            Party.LEDGER_STREAMS,
            "What custody is to release, deliver or buy.",
            ReleaseCollateral.class,
            DeliverCollateral.class,
            BuyBack.class);

    public static final Topic PAYMENT_INSTRUCTIONS = topic(
            "payments.instructions.v1",
            KeyKind.LOAN,
            FACTS,
            Party.LEDGER_STREAMS,
            "What payments is to pay out or stop.",
            Disburse.class,
            CancelDisbursement.class,
            PaySurplus.class);

    public static final Topic LIQUIDATION_REQUESTS = topic(
            "liquidation.requests.v1",
            KeyKind.MARKET,
            FACTS,
            Party.LEDGER_STREAMS,
            "Cases of collateral to be sold, and changes to them.",
            LiquidationRequested.class,
            LiquidationAmended.class);

    public static final Topic LIQUIDATION_REPLIES = topic(
            "liquidation.replies.v1",
            KeyKind.LOAN,
            FACTS,
            Party.LIQUIDATION_PROCESSOR,
            "What was declined, acknowledged or sold.",
            LiquidationDeclined.class,
            AmendAck.class,
            LiquidationSettled.class);

    public static final Topic ORDERS = topic(
            "liquidation.orders.v1",
            KeyKind.MARKET,
            FACTS,
            Party.LIQUIDATION_PROCESSOR,
            "Orders to trading desks, field by field FIX.",
            SellOrder.class,
            OrderCancel.class,
            OrderStatusRequest.class);

    public static final Topic EXECUTIONS = topic(
            "desk.executions.v1",
            KeyKind.MARKET,
            FACTS,
            Party.TRADING_DESK,
            "What desks did with orders, field by field FIX.",
            ExecutionReport.class,
            OrderCancelReject.class);

    public static final Topic EXECUTION_RECORDS = topic(
            "liquidation.execution-records.v1",
            KeyKind.MARKET,
            FACTS,
            Party.LIQUIDATION_PROCESSOR,
            "What the scheduler of sales did, task by task.",
            ExecutionRecord.class,
            BlockFormed.class);

    /** As {@link #STRAYED}, for requests and reports: the processor's own, so that no other service may write to it. */
    public static final Topic LIQUIDATION_STRAYED = topic(
            "liquidation.strayed.v1",
            KeyKind.MARKET,
            FACTS,
            Party.LIQUIDATION_PROCESSOR,
            "Requests and reports found in a partition that is not their market's, on their way home.");

    /** Bytes as they came; headers name topic, partition, offset and append time of origin. */
    public static final Topic STRAYED = topic(
            "ledger.strayed.v1",
            KeyKind.LOAN,
            FACTS,
            Party.LEDGER_STREAMS,
            "Records found in a partition that is not their key's, on their way home.");

    public static final Topic CLAIM_REQUESTS = topic(
            "ledger.claim-requests.v1",
            KeyKind.OUTPOINT,
            FACTS,
            Party.LEDGER_STREAMS,
            "Loans that ask for a proof of collateral, or give it back; loans whose default is their borrower's, by borrower.",
            ClaimRequested.class,
            ClaimWithdrawn.class,
            BorrowerLoanLive.class,
            BorrowerLoanDefaulted.class,
            BorrowerLoanOver.class);

    public static final Topic CLAIM_RESULTS = topic(
            "ledger.claim-results.v1",
            KeyKind.LOAN,
            FACTS,
            Party.LEDGER_STREAMS,
            "Whether a proof of collateral is the loan's; that another loan of its borrower is in default.",
            ClaimGranted.class,
            ClaimDenied.class,
            CrossDefaultDeclared.class);

    /** A continuation carries the append time of the price that it continues, hence the writer's timestamps. */
    public static final Topic CONTINUATIONS = new Topic(
            "ledger.continuations.v1",
            KeyKind.OWN_PARTITION,
            List.of(SweepContinuation.class),
            Partitions.SHARED,
            FACTS,
            Time.HANDED_ON,
            Party.LEDGER_STREAMS,
            "The rest of a price's work, from a task to itself.");

    /** Bytes as they came; headers name where from and why. */
    public static final Topic DEAD_LETTERS = topic(
            "ledger.dead-letters.v1",
            KeyKind.AS_IT_CAME,
            FACTS,
            Party.EVERY_SERVICE,
            "Bytes that cannot be read, with where they came from and why.");

    /** All of them, in the order of the documentation. */
    public static final List<Topic> ALL = List.of(
            COLLATERAL,
            LOANS,
            TERMS,
            TERMS_FANNED,
            MOVEMENTS,
            TICKS_OF_VENUES,
            INDEX_PRICES,
            JOURNAL,
            MARGIN_CALLS,
            REJECTIONS,
            CUSTODY_INSTRUCTIONS,
            PAYMENT_INSTRUCTIONS,
            LIQUIDATION_REQUESTS,
            LIQUIDATION_REPLIES,
            ORDERS,
            EXECUTIONS,
            EXECUTION_RECORDS,
            LIQUIDATION_STRAYED,
            STRAYED,
            CLAIM_REQUESTS,
            CLAIM_RESULTS,
            CONTINUATIONS,
            DEAD_LETTERS);

    static {
        // Avro copies and builds only classes that it is told to trust; whoever uses the contract comes past here.
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), TopicCatalogue::isOfTheContract));
    }

    private TopicCatalogue() {}

    private static boolean isOfTheContract(Class<?> type) {
        return type.getPackageName().equals(CONTRACT) || type.getPackageName().startsWith(CONTRACT + ".");
    }

    /** The topic of this name, if it is one of ours. */
    public static Optional<Topic> byName(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied at once and never written
    private static Topic topic(
            String name,
            KeyKind key,
            Retention retention,
            Party writer,
            String doc,
            Class<? extends SpecificRecord>... values) {
        return new Topic(name, key, List.of(values), Partitions.SHARED, retention, Time.APPENDED, writer, doc);
    }
}
