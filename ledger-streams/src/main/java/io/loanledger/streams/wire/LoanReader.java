package io.loanledger.streams.wire;

import io.loanledger.core.loan.Agreement;
import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.Amendment;
import io.loanledger.core.loan.Application;
import io.loanledger.core.loan.BackOff;
import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.Charges;
import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Counters;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.Defaults;
import io.loanledger.core.loan.Difference;
import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.Draws;
import io.loanledger.core.loan.Due;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanMemory;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.Overfill;
import io.loanledger.core.loan.Part;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.Quarantine;
import io.loanledger.core.loan.Reconciliation;
import io.loanledger.core.loan.SeenFact;
import io.loanledger.core.loan.Servicing;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.loan.Unsettled;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link LoanWriter} wrote, now or in an older version of the format: the same parts in the same order. One object for
 * one loan.
 */
final class LoanReader {
    private final WireReader in;
    private final int version;
    private final TermsResolver resolver;
    private @Nullable Asset currency;
    private @Nullable Asset coin;
    private @Nullable Agreement bound;
    private boolean charged;
    private boolean defaulted;
    private boolean prepaid;
    private boolean mixed;
    private boolean debtPriced;

    LoanReader(WireReader in, int version, TermsResolver resolver) {
        this.in = in;
        this.version = version;
        this.resolver = resolver;
    }

    Loan read() {
        String loanId = in.readString();
        long loanVersion = in.readLong();
        int head = in.readByte();
        LoanStatus status = LoanFormat.STATUS.constant(head & ~LoanFormat.RECONCILED);
        int parts = version < 4 ? in.readByte() : in.readInt();
        charged = has(parts, LoanFormat.CHARGES);
        defaulted = has(parts, LoanFormat.DEFAULT);
        prepaid = has(parts, LoanFormat.PREPAID);
        boolean amended = has(parts, LoanFormat.AMENDED);
        Quarantine quarantine = has(parts, LoanFormat.QUARANTINE) ? quarantine() : null;
        Application application = has(parts, LoanFormat.APPLICATION) ? application(has(parts, LoanFormat.DRAWS)) : null;
        Agreement agreement = has(parts, LoanFormat.AGREEMENT) ? agreement(amended) : null;
        Position position = agreement == null ? null : position(has(parts, LoanFormat.STABILISED), amended);
        List<Pledge> pledges = each(this::pledge);
        Disbursement disbursement = has(parts, LoanFormat.DISBURSEMENT) ? disbursement() : null;
        MarginCall marginCall = has(parts, LoanFormat.MARGIN_CALL) ? marginCall() : null;
        LiquidationCase openCase = has(parts, LoanFormat.OPEN_CASE) ? ofCoin(this::openCase) : null;
        BackOff backOff = has(parts, LoanFormat.BACK_OFF) ? new BackOff(in.readInt(), time()) : null;
        List<ClosedCase> closedCases = each(() -> ofCoin(this::closedCase));
        List<Payment> payments = each(this::payment);
        List<Instruction> instructions = each(this::instruction);
        List<Money> suspense = each(this::suspended);
        Counters counters = new Counters(in.readInt(), in.readInt(), in.readInt(), in.readInt());
        LoanMemory memory = new LoanMemory(each(this::fact));
        Reconciliation reconciliation =
                has(head, LoanFormat.RECONCILED) ? reconciliation(suspense) : Reconciliation.NONE;
        LocalDate releasedOn = has(parts, LoanFormat.RELEASED) ? LocalDate.ofEpochDay(in.readLong()) : null;
        Servicing servicing =
                has(parts, LoanFormat.SERVICING) ? new Servicing(in.readInt(), each(this::due)) : Servicing.NONE;
        int reached = has(parts, LoanFormat.REACHED) ? in.readInt() : 0;
        if (defaulted) {
            servicing = new Servicing(servicing.billed(), servicing.dues(), defaults());
        }
        Draws draws = has(parts, LoanFormat.DRAWS) ? new Draws(each(this::disbursement), in.readBoolean()) : Draws.NONE;
        return new Loan(
                loanId,
                loanVersion,
                status,
                has(parts, LoanFormat.FROZEN),
                quarantine,
                application,
                agreement,
                position,
                pledges,
                disbursement,
                marginCall,
                openCase,
                backOff,
                closedCases,
                payments,
                instructions,
                suspense,
                counters,
                memory,
                reconciliation,
                releasedOn,
                servicing,
                reached,
                draws);
    }

    private static boolean has(int parts, int part) {
        return (parts & part) != 0;
    }

    private <T> List<T> each(Supplier<T> read) {
        int size = in.readInt();
        if (size == 0) {
            return List.of();
        }
        List<T> all = new ArrayList<>(Math.max(0, in.most(size)));
        for (int i = 0; i < size; i++) {
            all.add(read.get());
        }
        return all;
    }

    private Quarantine quarantine() {
        return new Quarantine(in.readString(), in.readString(), in.readInt(), in.readLong());
    }

    private Application application(boolean drawn) {
        return new Application(
                in.readString(),
                in.readString(),
                decimal(),
                in.readString(),
                in.readString(),
                time(),
                drawn && in.readBoolean() ? decimal() : null);
    }

    private Agreement agreement(boolean amended) {
        ProductTerms terms = resolver.terms(in.readString(), in.readInt());
        String code = in.readString();
        coin = terms.collateral(code)
                .orElseThrow(() -> new IllegalStateException(terms.productId() + " takes no " + code))
                .asset();
        currency = terms.debtAsset();
        mixed = terms.mixedCollateral();
        debtPriced = terms.agreed().debtPrice() != null;
        Money principal = money();
        Amendment amendment = amended ? new Amendment(optionalDay(), in.readBoolean(), in.readInt()) : null;
        bound = new Agreement(terms, principal, coin, amendment);
        return bound;
    }

    private Position position(boolean stabilised, boolean amended) {
        return new Position(
                new Debt(
                        money(),
                        money(),
                        money(),
                        money(),
                        decimal(),
                        optionalDay(),
                        optionalDay(),
                        charges(),
                        amended ? money() : Money.zero(Objects.requireNonNull(currency))),
                collateral(),
                new Settlement(
                        money(),
                        money(),
                        money(),
                        money(),
                        stabilised ? money() : Money.zero(Objects.requireNonNull(currency))),
                mixed ? each(() -> ofCoin(this::collateral)) : List.of());
    }

    private Collateral collateral() {
        return new Collateral(coin(), coin(), coin(), coin(), coin(), coin(), coin(), coin(), coin());
    }

    /** Amounts of one of the loan's coins. */
    private <T> T ofCoin(Supplier<T> amounts) {
        if (!mixed) {
            return amounts.get();
        }
        Asset own = coin;
        coin = readCoin();
        T value = amounts.get();
        coin = own;
        return value;
    }

    private Asset readCoin() {
        return asset(in.readString());
    }

    private Asset asset(String code) {
        Asset asset = Objects.requireNonNull(bound).coin(code);
        if (asset == null) {
            throw new IllegalStateException("corrupt value: the terms do not count " + code);
        }
        return asset;
    }

    private Pledge pledge() {
        String proof = in.readString();
        BigDecimal quantity = decimal();
        String assetCode = in.readString();
        Instant detectedAt = optionalTime();
        Instant lockedAt = optionalTime();
        int stage = in.readByte();
        return new Pledge(
                proof,
                quantity,
                assetCode,
                detectedAt,
                lockedAt,
                LoanFormat.PLEDGE.constant(stage & ~LoanFormat.SPARE),
                has(stage, LoanFormat.SPARE));
    }

    private Disbursement disbursement() {
        return new Disbursement(in.readString(), money(), LoanFormat.PAYOUT.constant(in.readByte()));
    }

    private MarginCall marginCall() {
        String callId = in.readString();
        Instant issuedAt = time();
        Instant deadline = time();
        Instant expiresAt = time();
        if (version < 4) { // of the one rung that there was
            MarginCall.Stage stage = in.readBoolean() ? MarginCall.Stage.EXPIRED : MarginCall.Stage.RUNNING;
            return new MarginCall(callId, 1, issuedAt, deadline, expiresAt, stage, null, null);
        }
        MarginCall.Stage stage = LoanFormat.CALL.constant(in.readByte());
        return new MarginCall(
                callId,
                in.readInt(),
                issuedAt,
                deadline,
                expiresAt,
                stage,
                optionalTime(),
                in.readBoolean() ? new MarginCall.Dispute(time(), time()) : null);
    }

    private LiquidationCase openCase() {
        String caseId = in.readString();
        CaseReason reason = LoanFormat.REASON.constant(in.readByte());
        return new LiquidationCase(
                caseId,
                reason,
                LoanFormat.MODE.constant(in.readByte()),
                in.readInt(),
                coin(),
                coin(),
                coin(),
                money(),
                money(),
                money(),
                allocation(),
                decimal(),
                optionalTime(),
                overfill(),
                version >= 4 ? money() : Money.zero(Objects.requireNonNull(currency)),
                version >= 4 && in.readBoolean(),
                version < 4 ? onlyRung(reason) : in.readInt(),
                debtPrice());
    }

    /** Older versions knew one call, and the hard limit. */
    private static int onlyRung(CaseReason reason) {
        return switch (reason) {
            case HARD_LTV, PAYMENT_DEFAULT, MATURITY, CROSS_DEFAULT, MANUAL -> 0;
            case CALL_EXPIRED -> 1;
        };
    }

    private Overfill overfill() {
        return version >= 2
                ? new Overfill(coin(), money(), money())
                : new Overfill(
                        Quantity.zero(Objects.requireNonNull(coin)),
                        Money.zero(Objects.requireNonNull(currency)),
                        Money.zero(Objects.requireNonNull(currency)));
    }

    private ClosedCase closedCase() {
        return new ClosedCase(in.readString(), coin(), money(), money(), overfill(), debtPrice());
    }

    private @Nullable BigDecimal debtPrice() {
        return debtPriced && in.readBoolean() ? decimal() : null;
    }

    private Payment payment() {
        return new Payment(
                in.readString(),
                allocation(),
                LocalDate.ofEpochDay(in.readLong()),
                in.readBoolean(),
                prepaid ? money() : Money.zero(Objects.requireNonNull(currency)));
    }

    private Instruction instruction() {
        String instructionId = in.readString();
        Instruction.Kind kind = LoanFormat.INSTRUCTION.constant(in.readByte());
        BigDecimal amount = decimal();
        String code = mixed ? in.readString() : "";
        return new Instruction(instructionId, kind, amount, code.isEmpty() ? null : asset(code));
    }

    private Money suspended() {
        Asset asset = new Asset(in.readString(), in.readByte());
        return new Money(in.readUnscaled(asset.scale()), asset);
    }

    private SeenFact fact() {
        return new SeenFact(in.readFixedLong(), in.readFixedLong(), time());
    }

    private Reconciliation reconciliation(List<Money> suspense) {
        return new Reconciliation(
                optionalTime(),
                unsettled(),
                unsettled(),
                each(this::difference),
                version >= 3 ? decimal() : returnedApart(suspense),
                mixed ? each(() -> new Reconciliation.OfCoin(readCoin(), unsettled(), decimal())) : List.of());
    }

    /** Older versions did not keep it: all that stood in suspense in the coin's asset was taken for it. */
    private BigDecimal returnedApart(List<Money> suspense) {
        return suspense.stream()
                .filter(apart -> apart.currency().equals(coin))
                .map(Money::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Unsettled unsettled() {
        return new Unsettled(each(() -> new Unsettled.Sale(LocalDate.ofEpochDay(in.readLong()), decimal())));
    }

    private Difference difference() {
        return new Difference(
                LoanFormat.DIFFERENCE.constant(in.readByte()), in.readString(), decimal(), decimal(), time());
    }

    private Charges charges() {
        Charges plain = charged ? new Charges(money(), money()) : Charges.none(Objects.requireNonNull(currency));
        return defaulted ? new Charges(plain.costs(), plain.penalties(), decimal(), money()) : plain;
    }

    private Defaults defaults() {
        Defaults.Current current = in.readBoolean()
                ? new Defaults.Current(
                        LoanFormat.DEFAULT_REASON.constant(in.readByte()), LocalDate.ofEpochDay(in.readLong()))
                : null;
        return new Defaults(current, each(this::span));
    }

    private Defaults.Span span() {
        return new Defaults.Span(
                LocalDate.ofEpochDay(in.readLong()), LocalDate.ofEpochDay(in.readLong()), in.readBoolean());
    }

    private Allocation allocation() {
        Allocation narrow = new Allocation(money(), money(), money(), money());
        return charged
                ? new Allocation(
                        money(),
                        money(),
                        narrow.fees(),
                        narrow.interest(),
                        narrow.principal(),
                        narrow.surplus(),
                        each(this::part))
                : narrow;
    }

    private Part part() {
        return new Part(in.readInt(), money(), money(), money());
    }

    private Due due() {
        return new Due(in.readInt(), LocalDate.ofEpochDay(in.readLong()), money(), money(), money(), in.readBoolean());
    }

    private Money money() {
        Asset asset = Objects.requireNonNull(currency, "corrupt value: money before terms");
        return new Money(in.readUnscaled(asset.scale()), asset);
    }

    private Quantity coin() {
        Asset asset = Objects.requireNonNull(coin, "corrupt value: coin before terms");
        return new Quantity(in.readUnscaled(asset.scale()), asset);
    }

    private BigDecimal decimal() {
        return in.readUnscaled(in.readInt());
    }

    private Instant time() {
        return Micros.toInstant(in.readLong());
    }

    private @Nullable Instant optionalTime() {
        return in.readBoolean() ? time() : null;
    }

    private @Nullable LocalDate optionalDay() {
        return in.readBoolean() ? LocalDate.ofEpochDay(in.readLong()) : null;
    }
}
