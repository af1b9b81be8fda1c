package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Coin comes and goes. */
final class CustodyRules {
    private final Answer answer;
    private final Loan loan;

    CustodyRules(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
    }

    private static String proof(Fact fact) {
        return Objects.requireNonNull(Proofs.text((GenericRecord) fact.record().get("proof")), "a proof that was read");
    }

    /** The piece spoken of last stands last: claimed pieces are credited in this order. */
    private Piece touched(String proof) {
        Piece piece = loan.pieces.remove(proof);
        Piece next = piece == null ? new Piece() : piece;
        loan.pieces.put(proof, next);
        return next;
    }

    After detected(Fact fact) {
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        String proof = proof(fact);
        Piece known = loan.pieces.get(proof);
        refuseIf(known != null && known.detectedAt != Long.MIN_VALUE, "PROOF_KNOWN");
        Piece piece = touched(proof);
        if (known == null) {
            piece.quantity = fact.number("quantity");
            piece.asset = fact.text("asset");
        }
        piece.detectedAt = fact.occurredAt();
        answer.say(
                "CollateralDetected",
                "proof",
                proof,
                "quantity",
                new Said.Figure(fact.number("quantity")),
                "assetCode",
                fact.text("asset"),
                "confirmations",
                fact.count("confirmations"),
                "detectedAt",
                piece.detectedAt);
        return provesInTime(piece) ? After.cures(After.TOP_UP, piece.detectedAt) : After.OTHER;
    }

    /** Credited as locked after the open call's deadline, and now it turns out that it had been seen inside it. */
    private boolean provesInTime(Piece piece) {
        Call call = loan.call;
        return call != null
                && piece.stage == Piece.Stage.CREDITED
                && loan.terms().ladder().stopsAtDetection()
                && piece.lockedAt > call.deadline()
                && piece.detectedAt <= call.deadline();
    }

    After locked(Fact fact) {
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        String proof = proof(fact);
        Piece known = loan.pieces.get(proof);
        refuseIf(known != null && known.stage != Piece.Stage.DETECTED, "PROOF_KNOWN");
        Piece piece = touched(proof);
        piece.quantity = fact.number("quantity");
        piece.asset = fact.text("asset");
        piece.lockedAt = fact.occurredAt();
        piece.stage = Piece.Stage.LOCKED;
        loan.custody.add(piece.asset, piece.quantity);
        answer.say(
                "CollateralLocked",
                "proof",
                proof,
                "quantity",
                new Said.Figure(piece.quantity),
                "assetCode",
                piece.asset,
                "lockedAt",
                piece.lockedAt);
        return After.OTHER;
    }

    After granted(Fact fact) {
        Piece piece = loan.pieces.get(fact.text("outpoint"));
        if (piece != null && piece.stage == Piece.Stage.LOCKED) {
            touched(fact.text("outpoint")).stage = Piece.Stage.CLAIMED;
            answer.say("ClaimGranted", "proof", fact.text("outpoint"));
        }
        return After.OTHER;
    }

    After denied(Fact fact) {
        Piece piece = loan.pieces.get(fact.text("outpoint"));
        if (piece != null && piece.stage == Piece.Stage.LOCKED) {
            piece.stage = Piece.Stage.DENIED;
            answer.say("ClaimDenied", "proof", fact.text("outpoint"), "reason", fact.text("reason"));
        }
        return After.OTHER;
    }

    /** Credits what is claimed and of the loan's asset; null when nothing was. */
    @Nullable
    After creditClaimed() {
        After after = null;
        for (Map.Entry<String, Piece> entry : loan.pieces.entrySet()) {
            Piece piece = entry.getValue();
            if (piece.stage == Piece.Stage.CLAIMED && loan.canUse(piece)) {
                piece.stage = Piece.Stage.CREDITED;
                piece.spare = loan.status == Status.ACTIVE
                        && loan.call == null
                        && loan.sale == null
                        && loan.terms().agreement().substitution();
                Basket basket = loan.basket(piece.asset);
                if (!piece.asset.equals(loan.coinCode) && !loan.further.contains(piece.asset)) {
                    loan.further.add(piece.asset);
                }
                basket.held = basket.held.add(piece.quantity);
                basket.deposited = basket.deposited.add(piece.quantity);
                answer.book(
                        "CollateralCredited",
                        Answer.entries(
                                piece.asset, "CUSTODY", piece.quantity, "COLLATERAL_PLEDGED", piece.quantity.negate()),
                        "proof",
                        entry.getKey(),
                        "quantity",
                        loan.coins(piece.quantity, piece.asset));
                boolean seenFirst = piece.detectedAt != Long.MIN_VALUE && piece.detectedAt < piece.lockedAt;
                long valueTime =
                        loan.terms().ladder().stopsAtDetection() && seenFirst ? piece.detectedAt : piece.lockedAt;
                if (after == null || valueTime > after.valueTime()) {
                    after = After.cures(After.TOP_UP, valueTime);
                }
            }
        }
        return after;
    }

    After reverted(Fact fact) {
        String proof = proof(fact);
        Piece piece = loan.pieces.get(proof);
        if (piece == null || piece.stage == Piece.Stage.REVERTED || piece.stage == Piece.Stage.RETURNED) {
            throw new Answer.Refused("PROOF_UNKNOWN");
        }
        boolean credited = piece.stage == Piece.Stage.CREDITED;
        loan.custody.add(piece.asset, stillThere(proof, piece).negate());
        piece.stage = Piece.Stage.REVERTED;
        if (!credited) {
            loan.pledgeReturns.remove(proof);
            answer.say("PendingLockReverted", "proof", proof, "reason", fact.text("reason"));
            return After.OTHER;
        }
        Basket basket = loan.basket(piece.asset);
        BigDecimal fromHeld = piece.quantity.min(basket.free());
        BigDecimal gone = piece.quantity.subtract(fromHeld);
        basket.held = basket.held.subtract(fromHeld);
        basket.missing = basket.missing.add(gone);
        basket.reverted = basket.reverted.add(piece.quantity);
        answer.book(
                "CollateralLockReverted",
                Answer.entries(
                        piece.asset,
                        "COLLATERAL_PLEDGED",
                        fromHeld,
                        "CUSTODY",
                        piece.quantity.negate(),
                        "MISSING_COLLATERAL",
                        gone),
                "proof",
                proof,
                "fromHeld",
                loan.coins(fromHeld, piece.asset),
                "missing",
                loan.coins(gone, piece.asset),
                "reason",
                fact.text("reason"));
        return After.MOVED;
    }

    /** What of a piece lies with the custodian: of one on its way back what is not confirmed yet. */
    private BigDecimal stillThere(String proof, Piece piece) {
        return switch (piece.stage) {
            case LOCKED, CLAIMED, DENIED, CREDITED -> piece.quantity;
            case RETURNING -> Objects.requireNonNull(loan.pledgeReturns.getOrDefault(proof, BigDecimal.ZERO));
            case DETECTED, REVERTED, RETURNED -> BigDecimal.ZERO;
        };
    }

    After releaseRequested(Fact fact) {
        BigDecimal quantity = fact.number("quantity");
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != Status.ACTIVE, "WRONG_STATUS");
        refuseIf(loan.frozen, "FROZEN");
        refuseIf(loan.defaults.now != null, "IN_DEFAULT");
        refuseIf(loan.sale != null, "RELEASE_WHILE_LIQUIDATING");
        Call call = loan.call;
        refuseIf(call != null && !call.is(Call.Stage.WITHDRAWN), "RELEASE_WHILE_CALLED");
        Piece inPlace = null;
        if (Terms.field(fact.record(), "substitutes") instanceof GenericRecord other) {
            inPlace = loan.pieces.get(Proofs.text(other));
            refuseIf(inPlace == null || !inPlace.spare || inPlace.stage != Piece.Stage.CREDITED, "NOT_SUBSTITUTABLE");
        }
        Releases terms = inPlace == null ? loan.terms().releases() : null;
        if (terms != null) {
            checkDay(terms);
        }
        refuseIf(loan.custody.isShort(), "CUSTODIAN_SHORT");
        String asset = fact.text("asset");
        Basket basket = loan.basket(asset);
        refuseIf(quantity.compareTo(basket.free()) > 0, "EXCEEDS_COLLATERAL");
        Priced at = answer.now().freshPrice(loan);
        if (at == null) {
            throw new Answer.Refused("NO_FRESH_PRICE");
        }
        Map<String, BigDecimal> left = loan.pledgesBut(asset, basket.pledged().subtract(quantity));
        if (inPlace != null) {
            substitute(
                    inPlace,
                    asset,
                    quantity,
                    at,
                    Objects.requireNonNull(
                            Proofs.text(Objects.requireNonNull(Terms.part(fact.record(), "substitutes")))));
            return After.OTHER;
        }
        if (terms == null) {
            refuseIf(order(left, at, loan.openLimit()) > 0, "LTV_TOO_HIGH");
            instructRelease(asset, quantity);
            return After.OTHER;
        }
        BigDecimal worth = quantity.multiply(at.brings(loan.coin(asset)));
        BigDecimal least = terms.least().multiply(at.measure());
        BigDecimal most = terms.most().multiply(at.measure());
        refuseIf(worth.compareTo(least) < 0 || worth.compareTo(most) > 0, "RELEASE_OUT_OF_BOUNDS");
        refuseIf(order(loan.pledges(), at, terms.below()) >= 0, "LTV_TOO_HIGH");
        refuseIf(order(left, at, terms.backTo()) > 0, "LTV_TOO_HIGH");
        loan.releasedOn = answer.today();
        instruct(asset, quantity, answer.today(), null);
        return After.OTHER;
    }

    /** No more goes than what takes its place would carry alone, and no limit is met by it. */
    private void substitute(Piece inPlace, String asset, BigDecimal quantity, Priced at, String proof) {
        BigDecimal exposure = loan.draws.scaledExposure(loan, BigDecimal.ZERO, answer.today());
        Map<String, BigDecimal> after =
                loan.pledgesBut(asset, loan.basket(asset).pledged().subtract(quantity));
        BigDecimal without = loan.basket(inPlace.asset).pledged().subtract(inPlace.quantity);
        BigDecimal valueWithout = loan.scaledValue(loan.pledgesBut(inPlace.asset, without.max(BigDecimal.ZERO)), at);
        BigDecimal valueAfter = loan.scaledValue(after, at);
        Limit first = loan.terms().firstLimit();
        int order = loan.compareLtv(exposure, after, at, first.ltv());
        boolean meets = first.reaches() ? order >= 0 : order > 0;
        boolean more = exposure.multiply(valueWithout).compareTo(exposure.multiply(valueAfter)) > 0;
        refuseIf(valueWithout.signum() <= 0 || more || meets, "LTV_TOO_HIGH");
        inPlace.spare = false;
        instruct(asset, quantity, null, proof);
    }

    private void checkDay(Releases terms) {
        int today = answer.today();
        refuseIf(today <= loan.startedOn + terms.notBeforeDays(), "RELEASE_TOO_EARLY");
        Integer maturity = loan.maturity();
        refuseIf(maturity != null && today >= maturity, "RELEASE_TOO_LATE");
        refuseIf(loan.releasedOn != Loan.NO_DAY && today < loan.releasedOn + terms.intervalDays(), "RELEASE_TOO_SOON");
    }

    private int order(Map<String, BigDecimal> pledges, Priced at, Ratio limit) {
        return loan.compareLtv(loan.draws.scaledExposure(loan, BigDecimal.ZERO, answer.today()), pledges, at, limit);
    }

    void instructRelease(String asset, BigDecimal quantity) {
        instruct(asset, quantity, null, null);
    }

    private void instruct(
            String asset, BigDecimal quantity, @Nullable Integer requestedOn, @Nullable String substitutes) {
        if (substitutes == null) {
            loan.relyOnAllCoin();
        }
        loan.releaseCount++;
        String id = loan.id + "/release/" + loan.releaseCount;
        loan.releases.put(id, quantity);
        loan.releasedAsset.put(id, asset);
        Basket basket = loan.basket(asset);
        basket.releasing = basket.releasing.add(quantity);
        answer.say(
                "CollateralReleaseInstructed",
                "instructionId",
                id,
                "quantity",
                loan.coins(quantity, asset),
                "requestedOn",
                requestedOn == null ? Said.Nothing.NULL : (Object) requestedOn,
                "substitutes",
                substitutes == null ? Said.Nothing.NULL : (Object) substitutes);
    }

    After released(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        String id = fact.text("instructionId");
        BigDecimal left = loan.releases.get(id);
        if (left == null) {
            throw new Answer.Refused("INSTRUCTION_UNKNOWN");
        }
        String asset = loan.releasedAsset.getOrDefault(id, loan.coinCode);
        refuseIf(!asset.equals(fact.text("asset")), "WRONG_ASSET");
        BigDecimal quantity = fact.number("quantity");
        refuseIf(quantity.compareTo(left) > 0, "AMOUNT_DIFFERS");
        Basket basket = loan.basket(asset);
        basket.held = basket.held.subtract(quantity);
        basket.releasing = basket.releasing.subtract(quantity);
        basket.released = basket.released.add(quantity);
        loan.custody.add(asset, quantity.negate());
        if (quantity.compareTo(left) == 0) {
            loan.releases.remove(id);
        } else {
            loan.releases.put(id, left.subtract(quantity));
        }
        answer.book(
                "CollateralReleased",
                Answer.entries(asset, "COLLATERAL_PLEDGED", quantity, "CUSTODY", quantity.negate()),
                "instructionId",
                id,
                "quantity",
                loan.coins(quantity, asset));
        return After.OTHER;
    }

    // --- coin that never became collateral
    // ---------------------------------------------------------------------------------

    private String returnId(String proof) {
        return loan.id + "/return/" + proof;
    }

    /** Claimed coin that this loan can never use goes back, but not under a hold. */
    void sendBackUnusable() {
        if (loan.frozen || (!loan.bound() && loan.status != Status.CANCELLED)) {
            return;
        }
        loan.pieces.forEach((proof, piece) -> {
            if (piece.stage == Piece.Stage.CLAIMED && !loan.canUse(piece)) {
                piece.stage = Piece.Stage.RETURNING;
                loan.pledgeReturns.put(proof, piece.quantity);
                answer.say(
                        "PledgeReturnInstructed",
                        "instructionId",
                        returnId(proof),
                        "proof",
                        proof,
                        "quantity",
                        new Said.Figure(piece.quantity),
                        "assetCode",
                        piece.asset);
            }
        });
    }

    /** The proof whose return an instruction is; null for none. */
    @Nullable
    String returning(String instructionId) {
        for (String proof : loan.pledgeReturns.keySet()) {
            if (returnId(proof).equals(instructionId)) {
                return proof;
            }
        }
        return null;
    }

    After pledgeReturned(Fact fact, String proof) {
        Piece piece = Objects.requireNonNull(loan.pieces.get(proof));
        refuseIf(!piece.asset.equals(fact.text("asset")), "WRONG_ASSET");
        BigDecimal left = Objects.requireNonNull(loan.pledgeReturns.get(proof));
        BigDecimal quantity = fact.number("quantity");
        refuseIf(quantity.compareTo(left) > 0, "AMOUNT_DIFFERS");
        if (quantity.compareTo(left) == 0) {
            loan.pledgeReturns.remove(proof);
            piece.stage = Piece.Stage.RETURNED;
        } else {
            loan.pledgeReturns.put(proof, left.subtract(quantity));
        }
        loan.custody.add(piece.asset, quantity.negate());
        answer.say(
                "PledgeReturned",
                "instructionId",
                fact.text("instructionId"),
                "proof",
                proof,
                "quantity",
                new Said.Figure(quantity));
        return After.OTHER;
    }

    boolean awaitsAClaim() {
        return loan.pieces.values().stream().anyMatch(piece -> piece.stage == Piece.Stage.LOCKED);
    }
}
