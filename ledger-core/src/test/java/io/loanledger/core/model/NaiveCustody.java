package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.Ladder.ClockStopper;
import io.loanledger.core.terms.ReleaseTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coin comes and goes. */
final class NaiveCustody {
    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final NaiveReconciliation reconciliation;
    private final List<String> lines;

    NaiveCustody(NaiveLoan loan, NaiveMargin margin, NaiveReconciliation reconciliation, List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.reconciliation = reconciliation;
        this.lines = lines;
    }

    After detected(LoanInput.CollateralDetected fact) {
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        NaiveLoan.Piece piece = loan.pieces.get(fact.proof());
        refuseIf(piece != null && piece.detectedAt != null, Refusal.PROOF_KNOWN);
        if (piece == null) {
            piece = new NaiveLoan.Piece();
            piece.quantity = fact.quantity().amount();
            piece.asset = fact.quantity().asset();
            piece.stage = "DETECTED";
            loan.pieces.put(fact.proof(), piece);
        }
        loan.touch(fact.proof());
        piece.detectedAt = fact.head().occurredAt();
        lines.add(
                Tongue.line("CollateralDetected", fact.proof(), fact.quantity().amount(), piece.detectedAt));
        return tooLateUntilNow(piece) ? After.moved(CureKind.TOP_UP, piece.detectedAt) : After.OTHER;
    }

    /** Credited coin that stopped the clock of the open call, though its lock alone had not. */
    private boolean tooLateUntilNow(NaiveLoan.Piece piece) {
        if (loan.call == null
                || !piece.stage.equals("CREDITED")
                || loan.bound().ladder().clockStopper() != ClockStopper.DETECTED) {
            return false;
        }
        Instant deadline = loan.call.deadline;
        return piece.lockedAt.isAfter(deadline) && !piece.detectedAt.isAfter(deadline);
    }

    After locked(LoanInput.CollateralLocked fact) {
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        NaiveLoan.Piece piece = loan.pieces.get(fact.proof());
        refuseIf(piece != null && !piece.stage.equals("DETECTED"), Refusal.PROOF_KNOWN);
        if (piece == null) {
            piece = new NaiveLoan.Piece();
            loan.pieces.put(fact.proof(), piece);
        }
        piece.quantity = fact.quantity().amount();
        piece.asset = fact.quantity().asset();
        piece.lockedAt = fact.head().occurredAt();
        piece.stage = "LOCKED";
        loan.touch(fact.proof());
        reconciliation.moved(piece.asset, piece.quantity, piece.lockedAt);
        lines.add(Tongue.line("CollateralLocked", fact.proof(), piece.quantity, piece.lockedAt));
        return After.OTHER;
    }

    After granted(String proof) {
        NaiveLoan.Piece piece = loan.pieces.get(proof);
        if (piece == null || !piece.stage.equals("LOCKED")) {
            return After.OTHER;
        }
        piece.stage = "CLAIMED";
        loan.touch(proof);
        lines.add(Tongue.line("ClaimGranted", proof));
        return After.OTHER;
    }

    After denied(String proof) {
        NaiveLoan.Piece piece = loan.pieces.get(proof);
        if (piece == null || !piece.stage.equals("LOCKED")) {
            return After.OTHER;
        }
        piece.stage = "DENIED";
        lines.add(Tongue.line("ClaimDenied", proof));
        return After.OTHER;
    }

    /** Credits what is claimed and of the loan's asset; says how that heals, or null when nothing was credited. */
    @Nullable
    After creditClaimed() {
        After after = null;
        for (var entry : loan.pieces.entrySet()) {
            NaiveLoan.Piece piece = entry.getValue();
            if (piece.stage.equals("CLAIMED")) {
                if (!fits(piece)) {
                    continue; // held back under a hold
                }
                piece.stage = "CREDITED";
                NaiveCoin coin = loan.coin(piece.asset);
                coin.isLoans = true;
                piece.spare = loan.bound().agreed().substitution()
                        && loan.status == LoanStatus.ACTIVE
                        && loan.call == null
                        && loan.sale == null;
                coin.held = coin.held.add(piece.quantity);
                coin.deposited = coin.deposited.add(piece.quantity);
                lines.add(Tongue.line("CollateralCredited", entry.getKey(), piece.quantity));
                boolean byDetection = loan.bound().ladder().clockStopper() == ClockStopper.DETECTED;
                boolean seenFirst = piece.detectedAt != null && piece.detectedAt.isBefore(piece.lockedAt);
                Instant time = byDetection && seenFirst ? piece.detectedAt : piece.lockedAt;
                after = After.moved(CureKind.TOP_UP, time);
            }
        }
        return after;
    }

    /** Whether it is of an asset that counts, in as many places as the terms take. */
    private boolean fits(NaiveLoan.Piece piece) {
        return loan.takes(piece.asset)
                && piece.quantity.stripTrailingZeros().scale()
                        <= loan.coin(piece.asset).terms.asset().scale();
    }

    After reverted(LoanInput.CollateralLockReverted fact) {
        NaiveLoan.Piece piece = loan.pieces.get(fact.proof());
        refuseIf(
                piece == null || piece.stage.equals("REVERTED") || piece.stage.equals("RETURNED"),
                Refusal.PROOF_UNKNOWN);
        BigDecimal lay = piece.stage.equals("DETECTED")
                ? ZERO
                : piece.stage.equals("RETURNING")
                        ? loan.returns.get(loan.id + "/return/" + fact.proof())
                        : piece.quantity;
        reconciliation.moved(piece.asset, lay.negate(), fact.head().occurredAt());
        if (!piece.stage.equals("CREDITED")) {
            piece.stage = "REVERTED";
            loan.returns.remove(loan.id + "/return/" + fact.proof());
            lines.add(Tongue.line("PendingLockReverted", fact.proof()));
            return After.OTHER;
        }
        piece.stage = "REVERTED";
        BigDecimal fromHeld = leaves(loan.coin(piece.asset), piece.quantity);
        BigDecimal gone = piece.quantity.subtract(fromHeld);
        lines.add(Tongue.line("CollateralLockReverted", fact.proof(), fromHeld, gone));
        return new After(CureKind.PRICE, Instant.MIN, true, true);
    }

    /** Coin that custody does not have any more: out of what is free, the rest is missing. Returns the part that was free. */
    BigDecimal leaves(NaiveCoin coin, BigDecimal quantity) {
        BigDecimal fromHeld = quantity.min(coin.free());
        coin.held = coin.held.subtract(fromHeld);
        coin.missing = coin.missing.add(quantity.subtract(fromHeld));
        coin.reverted = coin.reverted.add(quantity);
        return fromHeld;
    }

    After releaseRequested(LoanInput.CollateralReleaseRequested fact) {
        BigDecimal quantity = fact.quantity().amount();
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE, Refusal.WRONG_STATUS);
        refuseIf(loan.frozen, Refusal.FROZEN);
        refuseIf(loan.inDefault.isNow(), Refusal.IN_DEFAULT);
        refuseIf(loan.sale != null, Refusal.RELEASE_WHILE_LIQUIDATING);
        refuseIf(loan.call != null && !loan.call.is("WITHDRAWN"), Refusal.RELEASE_WHILE_CALLED);
        if (fact.substitutes() != null) {
            return substituted(fact, fact.substitutes());
        }
        ReleaseTerms rule = loan.bound().release();
        if (rule != null) {
            isReleaseDay(rule, margin.today());
        }
        refuseIf(reconciliation.custodianHasLess(), Refusal.CUSTODIAN_SHORT);
        NaiveCoin coin = loan.coin(fact.quantity().asset());
        refuseIf(quantity.compareTo(coin.free()) > 0, Refusal.EXCEEDS_COLLATERAL);
        NaivePrices prices = margin.openPrices();
        refuseIf(prices == null || !prices.isFresh(), Refusal.NO_FRESH_PRICE);
        if (rule != null) {
            BigDecimal worth = quantity.multiply(prices.sells(coin));
            BigDecimal per = prices.measure();
            refuseIf(worth.compareTo(rule.least().amount().multiply(per)) < 0, Refusal.RELEASE_OUT_OF_BOUNDS);
            refuseIf(worth.compareTo(rule.most().amount().multiply(per)) > 0, Refusal.RELEASE_OUT_OF_BOUNDS);
            refuseIf(ltvAgainst(rule.belowLtv(), coin, ZERO, prices) >= 0, Refusal.LTV_TOO_HIGH);
        }
        refuseIf(
                ltvAgainst(rule == null ? loan.openLtv() : rule.backToLtv(), coin, quantity, prices) > 0,
                Refusal.LTV_TOO_HIGH);
        loan.releasedOn = rule == null ? loan.releasedOn : margin.today();
        instructRelease(coin, quantity, rule == null ? null : margin.today());
        return After.OTHER;
    }

    /** Other coin for a piece that came for it. */
    private After substituted(LoanInput.CollateralReleaseRequested fact, String proof) {
        NaiveLoan.Piece piece = loan.pieces.get(proof);
        refuseIf(piece == null || !piece.spare || !piece.stage.equals("CREDITED"), Refusal.NOT_SUBSTITUTABLE);
        refuseIf(reconciliation.custodianHasLess(), Refusal.CUSTODIAN_SHORT);
        NaiveCoin coin = loan.coin(fact.quantity().asset());
        BigDecimal quantity = fact.quantity().amount();
        refuseIf(quantity.compareTo(coin.free()) > 0, Refusal.EXCEEDS_COLLATERAL);
        NaivePrices prices = margin.openPrices();
        refuseIf(prices == null || !prices.isFresh(), Refusal.NO_FRESH_PRICE);
        NaiveCoin fresh = loan.coin(piece.asset);
        NaiveWorth without =
                prices.valueWith(fresh, fresh.pledged().subtract(piece.quantity).max(ZERO));
        NaiveWorth after = prices.valueWith(coin, coin.pledged().subtract(quantity));
        refuseIf(without.isNothing() || isMore(after, without) || margin.meetsFirstLimit(after), Refusal.LTV_TOO_HIGH);
        piece.spare = false;
        instructRelease(coin, quantity, null, proof);
        return After.OTHER;
    }

    /** Whether the ratio is higher over the one value than over the other: the lower one's, unless less than nothing is owed. */
    private boolean isMore(NaiveWorth after, NaiveWorth without) {
        BigDecimal exposure = margin.scaledWithDraws();
        return exposure.multiply(without.amount()).compareTo(exposure.multiply(after.amount())) > 0;
    }

    private void isReleaseDay(ReleaseTerms rule, LocalDate today) {
        LocalDate earliest = loan.debt.startedOn.plusDays(rule.notBeforeDays());
        refuseIf(!today.isAfter(earliest), Refusal.RELEASE_TOO_EARLY);
        LocalDate maturity = loan.maturity();
        refuseIf(maturity != null && !today.isBefore(maturity), Refusal.RELEASE_TOO_LATE);
        refuseIf(
                loan.releasedOn != null && today.isBefore(loan.releasedOn.plusDays(rule.intervalDays())),
                Refusal.RELEASE_TOO_SOON);
    }

    /** The ratio when so much coin is gone, against a limit. */
    private int ltvAgainst(Fraction limit, NaiveCoin coin, BigDecimal gone, NaivePrices prices) {
        NaiveWorth value = prices.valueWith(coin, coin.pledged().subtract(gone));
        return loan.compareLtv(margin.scaledWithDraws(), value, limit);
    }

    void instructRelease(NaiveCoin coin, BigDecimal quantity, @Nullable LocalDate requestedOn) {
        instructRelease(coin, quantity, requestedOn, null);
    }

    private void instructRelease(
            NaiveCoin coin, BigDecimal quantity, @Nullable LocalDate requestedOn, @Nullable String substitutes) {
        if (substitutes == null) {
            loan.relyOnAllCoin();
        }
        loan.releaseCount++;
        String id = loan.id + "/release/" + loan.releaseCount;
        loan.releases.put(id, new NaiveLoan.Release(coin, quantity));
        coin.releasing = coin.releasing.add(quantity);
        lines.add(Tongue.line(
                "CollateralReleaseInstructed", id, quantity, String.valueOf(requestedOn), String.valueOf(substitutes)));
    }

    After released(LoanInput.CollateralReleased fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        NaiveLoan.Release release = loan.releases.get(fact.instructionId());
        refuseIf(release == null, Refusal.INSTRUCTION_UNKNOWN);
        NaiveCoin coin = release.coin();
        refuseIf(!coin.code().equals(fact.quantity().asset()), Refusal.WRONG_ASSET);
        BigDecimal left = release.left();
        BigDecimal quantity = fact.quantity().amount();
        refuseIf(quantity.compareTo(left) > 0, Refusal.AMOUNT_DIFFERS);
        coin.held = coin.held.subtract(quantity);
        coin.releasing = coin.releasing.subtract(quantity);
        coin.released = coin.released.add(quantity);
        reconciliation.moved(coin.code(), quantity.negate(), fact.head().occurredAt());
        if (quantity.compareTo(left) == 0) {
            loan.releases.remove(fact.instructionId());
        } else {
            loan.releases.put(fact.instructionId(), new NaiveLoan.Release(coin, left.subtract(quantity)));
        }
        lines.add(Tongue.line("CollateralReleased", fact.instructionId(), quantity));
        return After.OTHER;
    }

    /** Claimed coin that is never going to be this loan's collateral. */
    void sendBackUnusable() {
        boolean neverBound = loan.terms == null && loan.status == LoanStatus.CANCELLED;
        if (loan.frozen || (loan.terms == null && !neverBound)) {
            return;
        }
        for (var entry : loan.pieces.entrySet()) {
            NaiveLoan.Piece piece = entry.getValue();
            if (piece.stage.equals("CLAIMED") && (neverBound || !fits(piece))) {
                piece.stage = "RETURNING";
                String id = loan.id + "/return/" + entry.getKey();
                loan.returns.put(id, piece.quantity);
                lines.add(Tongue.line("PledgeReturnInstructed", id, entry.getKey(), piece.quantity, piece.asset));
            }
        }
    }

    After returned(LoanInput.CollateralReleased fact) {
        String id = fact.instructionId();
        String proof = id.substring((loan.id + "/return/").length());
        NaiveLoan.Piece piece = loan.pieces.get(proof);
        refuseIf(!piece.asset.equals(fact.quantity().asset()), Refusal.WRONG_ASSET);
        BigDecimal left = loan.returns.get(id).subtract(fact.quantity().amount());
        refuseIf(left.signum() < 0, Refusal.AMOUNT_DIFFERS);
        if (left.signum() == 0) {
            loan.returns.remove(id);
            piece.stage = "RETURNED";
        } else {
            loan.returns.put(id, left);
        }
        reconciliation.moved(
                piece.asset, fact.quantity().amount().negate(), fact.head().occurredAt());
        lines.add(Tongue.line("PledgeReturned", id, proof, fact.quantity().amount()));
        return After.OTHER;
    }

    /** Coin whose claim is not answered yet. */
    boolean awaitsCoin() {
        return loan.pieces.values().stream().anyMatch(p -> p.stage.equals("LOCKED"));
    }

    void sendBackWhatIsFree() {
        for (NaiveCoin coin : loan.coins) {
            BigDecimal free = coin.free();
            if (free.signum() > 0 && !reconciliation.custodianHasLess()) {
                instructRelease(coin, free, null);
            }
        }
    }
}
