package io.loanledger.core.model;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Fact;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One loan's random life, repeatable from its seed. Most of what happens is sensible and accepted; the rest are repeats, contradictions,
 * wrong amounts and facts for nobody.
 */
final class RandomHistory {
    /** {@code -Dledger.seed} repeats or varies a run. */
    static final long SEED = Long.getLong("ledger.seed", 20_261_122L);

    private final Random random;
    private final Stage stage;
    private final Actors actors;
    private final ProductTerms product;
    private BigDecimal price;

    private RandomHistory(long seed, Stage.Witness witness) {
        random = new Random(seed);
        stage = new Stage("L" + Long.toUnsignedString(seed, 36), witness);
        actors = new Actors(random, stage);
        product = actors.one(World.PRODUCTS);
        price = BigDecimal.valueOf(500_000 + random.nextInt(1_000_000), 2);
        if (chance(90)) {
            stage.world.publish(product);
        }
        if (chance(95)) {
            quote("first price", World.START.plusSeconds(random.nextInt(86_400)), price, IndexState.LIVE);
        }
    }

    /** Plays the history of a seed before a witness; a failure names the seed. */
    static Stage play(long seed, int steps, Stage.Witness witness) {
        try {
            return new RandomHistory(seed, witness).run(steps);
        } catch (AssertionError failure) {
            throw new AssertionError("history " + seed + ": " + failure.getMessage(), failure);
        }
    }

    private Stage run(int steps) {
        for (int step = 0; step < steps; step++) {
            if (chance(8)) {
                fault();
            } else {
                step();
            }
        }
        return stage;
    }

    private boolean chance(int percent) {
        return actors.chance(percent);
    }

    private void step() {
        if (!stage.world.isFresh(World.MARKET) && chance(30)) {
            stage.world.setFresh(true);
        }
        if (stage.world.newestTerms(product.productId()) == null && chance(30)) {
            stage.world.publish(product);
        }
        switch (stage.loan().status()) {
            case UNKNOWN -> unknown();
            case REQUESTED -> requested();
            case ISSUED -> issued();
            case ACTIVE -> active();
            case SHORTFALL, REPAID, CANCELLED, CLOSED -> ending();
        }
    }

    private void unknown() {
        int dice = random.nextInt(100);
        if (dice < 60) {
            BigDecimal principal = BigDecimal.valueOf(100_000 + random.nextInt(1_500_000), 2);
            if (chance(3)) {
                actors.tell(
                        "request",
                        new LoanInput.LoanRequested(
                                actors.head(stage.world.taskTime()),
                                "borrower",
                                product.productId(),
                                new Stated(
                                        chance(50) ? principal : principal.add(new BigDecimal("0.001")),
                                        chance(50) ? "EUR" : "USD"),
                                chance(50) ? "BTC" : "ETH"));
            } else {
                actors.request(product, principal);
            }
        } else if (dice < 70) {
            actors.detect();
        } else if (dice < 80) {
            actors.lock();
        } else if (dice < 90) {
            if (!actors.claim()) {
                actors.lock();
            }
        } else if (dice < 95) {
            anyPrice();
        } else {
            actors.repay();
        }
    }

    private void requested() {
        int dice = random.nextInt(100);
        if (dice < 10) {
            actors.detect();
        } else if (dice < 45) {
            actors.lock();
        } else if (dice < 75) {
            if (!actors.claim()) {
                actors.lock();
            }
        } else if (dice < 90) {
            anyPrice();
        } else if (dice < 92) {
            actors.tell("cancelled", new LoanInput.LoanCancelled(actors.head(), "withdrawn"));
        } else if (dice < 95) {
            actors.revert();
        } else {
            actors.freeze(!stage.loan().frozen());
        }
    }

    private void issued() {
        int dice = random.nextInt(100);
        if (dice < 60) {
            actors.confirmPayout();
        } else if (dice < 63) {
            actors.failPayout();
        } else if (dice < 90) {
            anyPrice();
        } else if (dice < 92) {
            actors.tell("cancelled", new LoanInput.LoanCancelled(actors.head(), "withdrawn"));
        } else if (dice < 94) {
            actors.revert();
        } else if (dice < 97) {
            actors.lock();
        } else {
            actors.claim();
        }
    }

    private void active() {
        if (stage.loan().openCase() != null && chance(35)) {
            actors.workOnCase();
            return;
        }
        int dice = random.nextInt(1000);
        if (dice < 500) {
            anyPrice();
        } else if (dice < 640) {
            actors.repay();
        } else if (dice < 690) {
            actors.lock();
        } else if (dice < 710) {
            actors.detect();
        } else if (dice < 790) {
            if (!actors.claim()) {
                anyPrice();
            }
        } else if (dice < 830) {
            actors.askRelease();
        } else if (dice < 870) {
            if (!actors.release()) {
                anyPrice();
            }
        } else if (dice < 890) {
            actors.reverse();
        } else if (dice < 910) {
            actors.revert();
        } else if (dice < 930) {
            actors.freeze(stage.loan().frozen() ? chance(10) : chance(90));
        } else if (dice < 933) {
            actors.returnPayout();
        } else if (dice < 985) {
            if (!actors.deliverOrPayProceeds()) {
                anyPrice();
            }
        } else if (dice < 995) {
            actors.bustAfterClose();
        } else {
            if (!actors.paySurplus()) {
                anyPrice();
            }
        }
    }

    private void ending() {
        int dice = random.nextInt(100);
        boolean done = switch (dice / 10) {
            case 0, 1 -> actors.release();
            case 2, 3, 4 -> actors.deliverOrPayProceeds();
            case 5, 6 -> actors.paySurplus();
            case 7 -> {
                actors.freeze(stage.loan().frozen() ? chance(20) : chance(50));
                yield true;
            }
            case 8 -> chance(50) ? actors.claim() : actors.bustAfterClose();
            default -> false;
        };
        if (done) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> actors.repay();
            case 1 -> actors.lock();
            case 2 -> actors.reverse();
            case 3 -> actors.revert();
            default -> anyPrice();
        }
    }

    // --- prices
    // ---------------------------------------------------------------------------------------------------------

    private void quote(String kind, Instant at, BigDecimal next, IndexState state) {
        price = next;
        stage.price(kind, at, next, state);
    }

    private void anyPrice() {
        BigDecimal next = price.multiply(BigDecimal.valueOf(9_700 + random.nextInt(601), 4));
        String kind = "price walks";
        if (stage.loan().position() != null && chance(60)) {
            List<BigDecimal> edges = new ArrayList<>();
            var terms = product;
            for (var ltv : List.of(
                    terms.openLtv(),
                    terms.marginCall().cureLtv(),
                    terms.marginCall().threshold().ltv(),
                    terms.liquidation().threshold().ltv())) {
                BigDecimal edge = stage.loan().disbursement() == null ? null : actors.priceAt(ltv);
                if (edge != null) {
                    edges.add(edge);
                }
            }
            if (!edges.isEmpty()) {
                int dice = random.nextInt(100);
                int which = dice < 25 ? 0 : dice < 50 ? 1 : dice < 85 ? 2 : 3;
                next = edges.get(Math.min(which, edges.size() - 1))
                        .add(Actors.CENT.multiply(BigDecimal.valueOf(random.nextInt(3) - 1L)));
                kind = "price at an edge";
            }
        }
        next = next.setScale(2, RoundingMode.HALF_EVEN)
                .max(new BigDecimal("300.00"))
                .min(new BigDecimal("90000.00"));
        int dice = random.nextInt(100);
        IndexState state = dice < 88
                ? IndexState.LIVE
                : dice < 92 ? IndexState.DEGRADED : dice < 96 ? IndexState.STALE : IndexState.HALTED;
        if (chance(2)) {
            stage.world.setFresh(false);
        }
        quote(kind, nextTime(), next, state);
    }

    private Instant nextTime() {
        Instant now = stage.world.taskTime().equals(Instant.EPOCH) ? World.START : stage.world.taskTime();
        var call = stage.loan().marginCall();
        if (call != null && chance(45)) {
            Instant edge = chance(50) ? call.deadline() : call.expiresAt();
            Instant at = edge.plus(Actors.TICK.multipliedBy(random.nextInt(3) - 1L));
            if (at.isAfter(now)) {
                return at;
            }
        }
        int dice = random.nextInt(100);
        if (dice < 3) {
            return now.minusSeconds(5);
        }
        if (dice < 60) {
            return now.plusSeconds(random.nextInt(3_600));
        }
        if (dice < 92) {
            return now.plus(Duration.ofMinutes(random.nextInt(36 * 60)));
        }
        return now.plus(Duration.ofHours(24L * (1 + random.nextInt(20))));
    }

    // --- what should not be
    // ---------------------------------------------------------------------------------------------

    private void fault() {
        Instant now = stage.world.taskTime();
        var head = actors.head();
        boolean terms = stage.loan().position() != null;
        if (now.equals(Instant.EPOCH)) {
            return; // no price yet, no clock
        }
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> again();
            case 3 ->
                actors.tell(
                        "nothing paid",
                        new LoanInput.RepaymentReceived(
                                head, "zero", Actors.usd(chance(50) ? BigDecimal.ZERO : BigDecimal.ONE.negate())));
            case 4 ->
                actors.tell(
                        "too much",
                        new LoanInput.RepaymentReceived(
                                head, "huge", Actors.usd(BigDecimal.TEN.pow(24).add(Actors.CENT))));
            case 5 ->
                actors.tell(
                        "wrong money",
                        new LoanInput.RepaymentReceived(
                                head,
                                "euro-" + head.eventId(),
                                new Stated(BigDecimal.ONE, chance(50) ? "EUR" : "DOGE")));
            case 6 ->
                actors.tell(
                        "half a cent",
                        new LoanInput.RepaymentReceived(head, "half", Actors.usd(new BigDecimal("1.005"))));
            case 7 ->
                actors.tell(
                        "wrong coin",
                        new LoanInput.CollateralLocked(
                                head,
                                "eth:" + head.eventId(),
                                new Stated(BigDecimal.ONE, chance(70) ? "ETH" : "DOGE")));
            case 8 ->
                actors.tell(
                        "asked again",
                        new LoanInput.LoanRequested(
                                head, "borrower", product.productId(), Actors.usd(new BigDecimal("5000")), "BTC"));
            case 9 ->
                actors.tell(
                        "cancelled",
                        new LoanInput.LoanCancelled(
                                terms && stage.loan().status() != LoanStatus.ACTIVE && chance(80)
                                        ? actors.head(now.minus(Duration.ofDays(46)))
                                        : head,
                                "too late"));
            case 10 -> strangers();
            case 11 -> {
                if (!stage.loan().pledges().isEmpty()) {
                    actors.tell(
                            "proof again",
                            new LoanInput.CollateralLocked(
                                    head, actors.one(stage.loan().pledges()).proof(), Actors.btc(BigDecimal.ONE)));
                }
            }
            case 12 ->
                actors.tell(
                        "odd satoshi",
                        new LoanInput.CollateralLocked(
                                head, "odd:" + head.eventId(), Actors.btc(new BigDecimal("0.000000001"))));
            case 13 -> strangeReplies();
            case 14 ->
                actors.tell(
                        "late money",
                        new LoanInput.RepaymentReceived(
                                actors.head(now.minus(Duration.ofDays(45)).minus(Actors.TICK)),
                                "late-" + head.eventId(),
                                Actors.usd(BigDecimal.TEN)));
            default ->
                actors.tell(
                        "surplus returned",
                        new LoanInput.SurplusReturned(
                                head,
                                actors.id("surplus/"
                                        + Math.max(1, stage.loan().counters().payouts())),
                                Actors.usd(BigDecimal.TWO),
                                "account closed"));
        }
    }

    private void again() {
        if (actors.told.isEmpty()) {
            return;
        }
        Fact fact = actors.told.get(actors.told.size() - 1 - random.nextInt(Math.min(10, actors.told.size())));
        if (chance(70)) {
            stage.tell("repeated", fact);
            return;
        }
        var former = fact.head();
        stage.tell(
                "contradicted",
                new LoanInput.LoanCancelled(
                        new io.loanledger.core.loan.FactHead(
                                former.eventId(), former.occurredAt(), former.producer(), -1, former.appendedAt()),
                        "contradiction"));
    }

    private void strangers() {
        var head = actors.head(stage.world.taskTime());
        switch (random.nextInt(8)) {
            case 0 ->
                actors.tell(
                        "stranger", new LoanInput.CollateralReleased(head, "no/release/1", Actors.btc(Actors.SATOSHI)));
            case 1 ->
                actors.tell(
                        "stranger", new LoanInput.CollateralDelivered(head, "no/case/1", Actors.btc(Actors.SATOSHI)));
            case 2 -> actors.tell("stranger", new LoanInput.SurplusPaid(head, "no/surplus/1", Actors.usd(Actors.CENT)));
            case 3 ->
                actors.tell(
                        "stranger", new LoanInput.RepaymentReversed(head, "no-payment", Actors.usd(Actors.CENT), "?"));
            case 4 -> actors.tell("stranger", new LoanInput.CollateralLockReverted(head, "no:proof", "?"));
            case 5 ->
                actors.tell(
                        "stranger",
                        new LoanInput.SaleProceedsReceived(head, "no/case/1", "wire", Actors.usd(Actors.CENT)));
            case 6 ->
                actors.tell(
                        "stranger",
                        new LoanInput.DisbursementConfirmed(head, "no/disbursement", Actors.usd(Actors.CENT)));
            default -> actors.tell("stranger", new LoanInput.DisbursementFailed(head, "no/disbursement", "?"));
        }
    }

    private void strangeReplies() {
        var open = stage.loan().openCase();
        String caseId = open == null ? "no/case/1" : open.caseId();
        int version = open == null ? 1 : open.version() + 1;
        switch (random.nextInt(4)) {
            case 0 -> stage.tell("strange reply", new LoanInput.LiquidationDeclined(caseId, version, "?", 1, 1));
            case 1 ->
                stage.tell("strange reply", new LoanInput.AmendmentAcknowledged(caseId, version, BigDecimal.ZERO));
            case 2 ->
                stage.tell(
                        "strange reply",
                        new LoanInput.LiquidationSettled(
                                caseId, version, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, true));
            default -> stage.tell("strange reply", new LoanInput.ClaimGranted("no:proof"));
        }
    }
}
