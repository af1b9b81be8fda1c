package io.loanledger.streams.wire;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.ChargeKind;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Counterparty;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.DifferenceKind;
import io.loanledger.core.loan.DisputeOutcome;
import io.loanledger.core.loan.Part;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.loan.SaleMode;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.events.ChargeBase;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.RungAction;
import io.loanledger.events.ThresholdComparator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The nested records of the journal as Avro binary, straight from the core's values. The order of the calls is the order of the
 * fields in the schemas of {@code ledger.journal.v1}; a test decodes every kind of event by its schema.
 */
final class JournalValueWriter {
    private static final EnumIndex<Account> ACCOUNTS =
            EnumIndex.of(Account.class, io.loanledger.events.journal.Account.getClassSchema());
    private static final EnumIndex<IndexState> STATES =
            EnumIndex.of(IndexState.class, io.loanledger.events.IndexState.getClassSchema());
    private static final EnumIndex<IndexSource.Status> STATUSES =
            EnumIndex.of(IndexSource.Status.class, IndexSourceStatus.getClassSchema());
    private static final EnumIndex<Threshold.Comparator> COMPARATORS =
            EnumIndex.of(Threshold.Comparator.class, ThresholdComparator.getClassSchema());
    private static final EnumIndex<Rung.Action> RUNGS = EnumIndex.of(Rung.Action.class, RungAction.getClassSchema());
    private static final EnumIndex<DisputeOutcome> OUTCOMES =
            EnumIndex.of(DisputeOutcome.class, io.loanledger.events.DisputeOutcome.getClassSchema());
    private static final EnumIndex<Ladder.ClockStopper> STOPPERS =
            EnumIndex.of(Ladder.ClockStopper.class, ClockStopper.getClassSchema());
    private static final EnumIndex<DayCount> DAY_COUNTS =
            EnumIndex.of(DayCount.class, io.loanledger.events.DayCount.getClassSchema());
    private static final int IN_AGREEMENT = io.loanledger.events.DayCount.getClassSchema()
            .getEnumOrdinal(io.loanledger.events.DayCount.IN_AGREEMENT.name());
    private static final EnumIndex<ExposureBasis> BASES =
            EnumIndex.of(ExposureBasis.class, io.loanledger.events.ExposureBasis.getClassSchema());
    private static final EnumIndex<CureKind> CURES =
            EnumIndex.of(CureKind.class, io.loanledger.events.CureKind.getClassSchema());
    private static final EnumIndex<CaseReason> REASONS =
            EnumIndex.of(CaseReason.class, LiquidationReason.getClassSchema());
    private static final EnumIndex<SaleMode> MODES = EnumIndex.of(SaleMode.class, LiquidationMode.getClassSchema());
    private static final EnumIndex<SalePlan> PLANS =
            EnumIndex.of(SalePlan.class, io.loanledger.events.SalePlan.getClassSchema());
    private static final EnumIndex<Charge.Base> CHARGE_BASES =
            EnumIndex.of(Charge.Base.class, ChargeBase.getClassSchema());

    private static final EnumIndex<Counterparty> COUNTERPARTIES =
            EnumIndex.of(Counterparty.class, io.loanledger.events.journal.Counterparty.getClassSchema());
    private static final EnumIndex<ChargeKind> CHARGES =
            EnumIndex.of(ChargeKind.class, io.loanledger.events.journal.ChargeKind.getClassSchema());
    private static final EnumIndex<DefaultReason> DEFAULTS =
            EnumIndex.of(DefaultReason.class, io.loanledger.events.journal.DefaultReason.getClassSchema());
    private static final EnumIndex<DifferenceKind> DIFFERENCES =
            EnumIndex.of(DifferenceKind.class, io.loanledger.events.journal.DifferenceKind.getClassSchema());

    private static final int NULL_BRANCH = 0;
    private static final int VALUE_BRANCH = 1;

    private final WireBuffer out;

    JournalValueWriter(WireBuffer out) {
        this.out = out;
    }

    // --- plain values ------------------------------------------------------------------------------------------------

    void text(String value) {
        out.putString(value);
    }

    void number(long value) {
        out.putLong(value);
    }

    void flag(boolean value) {
        out.putBoolean(value);
    }

    void decimal(BigDecimal value) {
        out.putDecimalString(value);
    }

    void instant(Instant value) {
        out.putLong(Micros.of(value));
    }

    void day(LocalDate value) {
        out.putLong(value.toEpochDay());
    }

    void cure(CureKind value) {
        out.putLong(CURES.of(value));
    }

    void outcome(DisputeOutcome value) {
        out.putLong(OUTCOMES.of(value));
    }

    /** As the value of a field that records from before it was kept do not have. */
    void optionalNumber(long value) {
        out.putLong(VALUE_BRANCH);
        number(value);
    }

    void reason(CaseReason value) {
        out.putLong(REASONS.of(value));
    }

    void counterparty(Counterparty value) {
        out.putLong(COUNTERPARTIES.of(value));
    }

    void difference(DifferenceKind value) {
        out.putLong(DIFFERENCES.of(value));
    }

    void charge(ChargeKind value) {
        out.putLong(CHARGES.of(value));
    }

    void defaultReason(DefaultReason value) {
        out.putLong(DEFAULTS.of(value));
    }

    void mode(SaleMode value) {
        out.putLong(MODES.of(value));
    }

    private boolean branch(@Nullable Object value) {
        return branch(value != null);
    }

    /** Begins an optional value. */
    boolean branch(boolean present) {
        out.putLong(present ? VALUE_BRANCH : NULL_BRANCH);
        return present;
    }

    void optionalText(@Nullable String value) {
        if (branch(value)) {
            text(Objects.requireNonNull(value));
        }
    }

    void optionalInstant(@Nullable Instant value) {
        if (branch(value)) {
            instant(Objects.requireNonNull(value));
        }
    }

    void optionalDay(@Nullable LocalDate value) {
        if (branch(value)) {
            day(Objects.requireNonNull(value));
        }
    }

    void optionalDecimal(@Nullable BigDecimal value) {
        if (branch(value)) {
            decimal(Objects.requireNonNull(value));
        }
    }

    void optionalEvidence(@Nullable PriceEvidence value) {
        if (branch(value)) {
            evidence(Objects.requireNonNull(value));
        }
    }

    /** Money that most records have none of: null for zero. */
    void someMoney(Money value) {
        if (branch(value.isZero() ? null : value)) {
            money(value);
        }
    }

    /** Avro's array in one block: its size, the items, then zero; an empty array is the zero alone. */
    void arrayOf(int size) {
        if (size > 0) {
            out.putLong(size);
        }
    }

    void endOfArray() {
        out.putLong(0);
    }

    // --- money, coin, terms ------------------------------------------------------------------------------------------

    void money(Money value) {
        decimal(value.amount());
        text(value.currency().code());
    }

    void moneyUnlessZero(Money value) {
        if (branch(value.isZero() ? null : value)) {
            money(value);
        }
    }

    void coin(Quantity value) {
        decimal(value.amount());
        text(value.asset().code());
    }

    void asset(Asset value) {
        text(value.code());
        number(value.scale());
    }

    void allocation(Allocation value) {
        money(value.fees());
        money(value.interest());
        money(value.principal());
        money(value.surplus());
        moneyUnlessZero(value.costs());
        moneyUnlessZero(value.penalties());
        arrayOf(value.parts().size());
        for (Part part : value.parts()) {
            number(part.bucket());
            decimal(part.fees().amount());
            decimal(part.interest().amount());
            decimal(part.principal().amount());
        }
        endOfArray();
    }

    void fraction(Fraction value) {
        text(value.numerator().toString());
        text(value.denominator().toString());
    }

    private void optionalFraction(@Nullable Fraction value) {
        if (branch(value)) {
            fraction(Objects.requireNonNull(value));
        }
    }

    private void threshold(Threshold value) {
        fraction(value.ltv());
        number(COMPARATORS.of(value.comparator()));
    }

    void optionalTerms(@Nullable ProductTerms value) {
        if (branch(value)) {
            terms(Objects.requireNonNull(value));
        }
    }

    void terms(ProductTerms value) {
        text(value.productId());
        number(value.version());
        asset(value.debtAsset());
        arrayOf(value.collateral().size());
        for (CollateralTerms collateral : value.collateral()) {
            asset(collateral.asset());
            text(collateral.market());
            fraction(collateral.haircut());
            decimal(collateral.lotSize().amount());
            furtherTiers(collateral.tiers());
            optionalFraction(collateral.openLtv());
        }
        endOfArray();
        fraction(value.openLtv());
        marginCall(value);
        liquidation(value.liquidation());
        boolean agreed = JournalAgreement.isNeeded(value);
        fraction(value.interest().rate() instanceof Rate.Annual annual ? annual.annual() : Fraction.ZERO);
        number(VALUE_BRANCH);
        number(agreed ? IN_AGREEMENT : DAY_COUNTS.of(value.interest().dayCount()));
        exposureBasis(value.exposureBasis());
        number(VALUE_BRANCH);
        number(value.termDays());
        release(value.release());
        if (branch(agreed)) {
            JournalAgreement.write(this, value);
        }
        ladder(value.ladder());
        out.putBoolean(value.mixedCollateral());
    }

    /** The first tier is the haircut. */
    private void furtherTiers(List<HaircutTier> tiers) {
        arrayOf(tiers.size() - 1);
        for (HaircutTier tier : tiers.subList(1, tiers.size())) {
            decimal(tier.over().amount());
            fraction(tier.haircut());
        }
        endOfArray();
    }

    private void release(@Nullable ReleaseTerms value) {
        if (branch(value)) {
            ReleaseTerms release = Objects.requireNonNull(value);
            fraction(release.belowLtv());
            fraction(release.backToLtv());
            decimal(release.least().amount());
            decimal(release.most().amount());
            number(release.notBeforeDays());
            number(release.intervalDays());
        }
    }

    private void exposureBasis(ExposureBasis value) {
        number(VALUE_BRANCH);
        number(BASES.of(value));
    }

    /** Beside a ladder only fact lag and clock stopper count; threshold and level are those of the first call, if there is one. */
    private void marginCall(ProductTerms value) {
        Rung call = value.ladder().lowest(Rung.Action.CALL);
        threshold(call == null ? value.liquidation().threshold() : call.threshold());
        fraction(call == null ? value.liquidation().targetLtv() : call.level());
        number(call == null ? 0 : seconds(call.period()));
        number(seconds(value.ladder().factLag()));
        number(STOPPERS.of(value.ladder().clockStopper()));
    }

    private void ladder(Ladder value) {
        if (!branch(value.isSingleCall() ? null : value)) {
            return;
        }
        arrayOf(value.rungs().size());
        for (Rung rung : value.rungs()) {
            threshold(rung.threshold());
            number(RUNGS.of(rung.action()));
            fraction(rung.level());
            number(seconds(rung.period()));
            if (branch(rung.share().isZero() ? null : rung.share())) {
                fraction(rung.share());
            }
        }
        endOfArray();
        number(seconds(value.cureDwell()));
        number(seconds(value.disputeWindow()));
        number(seconds(value.answerWindow()));
    }

    private void liquidation(LiquidationTerms value) {
        threshold(value.threshold());
        fraction(value.targetLtv());
        decimal(value.minimumResidualDebt().amount());
        fraction(value.fee().rate());
        fraction(value.floorDiscount());
        if (value.isPlain()) {
            number(NULL_BRANCH);
            return;
        }
        number(VALUE_BRANCH);
        number(PLANS.of(value.plan()));
        fraction(value.closeFactor());
        number(CHARGE_BASES.of(value.fee().base()));
        fraction(value.penalty().rate());
        number(CHARGE_BASES.of(value.penalty().base()));
        optionalFraction(value.reverseLtv());
    }

    static long seconds(Duration value) {
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException("terms count whole seconds, not " + value);
        }
        return value.toSeconds();
    }

    // --- evidence ----------------------------------------------------------------------------------------------------

    void evidence(PriceEvidence value) {
        index(value.index());
        money(value.exposure());
        coin(value.collateral());
        fraction(value.haircut());
        threshold(value.threshold());
        decimal(value.numerator());
        decimal(value.denominator());
        text(value.productId());
        number(value.termsVersion());
        exposureBasis(value.exposureBasis());
        optionalDay(value.maturity());
        optionalDecimal(value.counted());
        Money stabilised = value.stabilised();
        if (branch(stabilised)) {
            money(Objects.requireNonNull(stabilised));
        }
        JournalBasket.write(this, value.others());
        optionalDecimal(value.addOn());
        JournalSchedule.write(this, value.debt());
    }

    private void index(IndexPrice value) {
        text(value.market());
        number(value.epoch());
        number(value.sequence());
        instant(value.priceTime());
        optionalDecimal(value.price());
        number(STATES.of(value.state()));
        text(value.stateReason());
        number(value.quorum());
        arrayOf(value.sources().size());
        for (IndexSource source : value.sources()) {
            text(source.venue());
            optionalDecimal(source.price());
            number(STATUSES.of(source.status()));
            optionalInstant(source.observedAt());
        }
        endOfArray();
    }

    // --- head and end of every record --------------------------------------------------------------------------------

    void header(JournalHeader value) {
        number(value.sequence());
        number(value.partition());
        text(value.loanId());
        number(value.loanVersion());
        Cause cause = value.cause();
        text(cause.topic());
        number(cause.partition());
        number(cause.offset());
        optionalText(cause.eventId());
        number(cause.contentDigest());
        optionalInstant(cause.occurredAt());
        instant(value.taskTime());
        arrayOf(value.indexPositions().size());
        for (IndexPosition position : value.indexPositions()) {
            text(position.market());
            number(position.epoch());
            number(position.sequence());
        }
        endOfArray();
        number(value.termsEpoch());
        number(value.termsSequence());
        number(value.step());
        out.putHash(value.previousHash());
    }

    void postings(List<Entry> entries) {
        arrayOf(entries.size());
        for (Entry entry : entries) {
            number(ACCOUNTS.of(entry.account()));
            text(entry.asset().code());
            decimal(entry.amount());
        }
        endOfArray();
    }

    void balances(@Nullable Position position) {
        if (!branch(position)) {
            return;
        }
        Debt debt = Objects.requireNonNull(position).debt();
        Collateral coin = position.collateral();
        Settlement money = position.settlement();
        text(debt.principal().currency().code());
        text(coin.asset().code());
        decimal(debt.principal().amount());
        decimal(debt.interest().amount());
        decimal(debt.fees().amount());
        decimal(debt.interestPosted().amount());
        decimal(debt.principalDays());
        optionalDay(debt.accruedTo());
        optionalDay(debt.startedOn());
        JournalBasket.write(this, coin);
        decimal(money.clearing().amount());
        decimal(money.surplusOwed().amount());
        decimal(money.surplusPaying().amount());
        decimal(money.deskClaim().amount());
        optionalDecimal(money.stabilised().isZero() ? null : money.stabilised().amount());
        amountUnlessZero(debt.charges().costs());
        amountUnlessZero(debt.charges().penalties());
        BigDecimal penaltyDays = debt.charges().penaltyDays();
        optionalDecimal(penaltyDays.signum() == 0 ? null : penaltyDays);
        amountUnlessZero(debt.charges().penaltiesPosted());
        amountUnlessZero(debt.interestBefore());
        arrayOf(position.further().size());
        for (Collateral further : position.further()) {
            text(further.asset().code());
            JournalBasket.write(this, further);
        }
        endOfArray();
    }

    private void amountUnlessZero(Money value) {
        optionalDecimal(value.isZero() ? null : value.amount());
    }
}
