package io.loanledger.streams.wire;

import static io.loanledger.streams.wire.RandomCore.BTC;
import static io.loanledger.streams.wire.RandomCore.USD;

import io.loanledger.core.loan.Agreement;
import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.Application;
import io.loanledger.core.loan.BackOff;
import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Counters;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.Difference;
import io.loanledger.core.loan.DifferenceKind;
import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.Draws;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanMemory;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.Overfill;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.Reconciliation;
import io.loanledger.core.loan.SaleMode;
import io.loanledger.core.loan.SeenFact;
import io.loanledger.core.loan.Servicing;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.loan.Unsettled;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One loan with every part present, and its bytes. */
final class SampleLoan {
    static final ProductTerms TERMS = new ProductTerms(
            "btc-24h",
            3,
            USD,
            List.of(new CollateralTerms(BTC, "BTC-USD", Fraction.ZERO, coin("0.00010000"))),
            Fraction.percent(50),
            Ladder.of(
                    Threshold.reaches(Fraction.percent(70)),
                    Fraction.percent(60),
                    Duration.ofHours(24),
                    Duration.ofMinutes(5),
                    Ladder.ClockStopper.LOCKED_AND_CLAIMED),
            new LiquidationTerms(
                    Threshold.reaches(Fraction.percent(80)),
                    Fraction.percent(60),
                    money("500.00"),
                    Fraction.of(99, 10_000),
                    Fraction.percent(2)),
            new InterestTerms(Fraction.of(95, 1000), DayCount.ACT_365F),
            ExposureBasis.OUTSTANDING,
            365);

    /** Written once by version 1 of the format and never again. */
    static final String GOLDEN_VERSION_ONE =
            "010102030405060708abababababababababababababababababababababababababababababababab0c6c6f616e2d312203"
                    + "3e14626f72726f7765722d310e6274632d32346800024e20065553440642544380d883f39fa9d0050e6274632d3234680606"
                    + "425443031e8480031d129901ff0204e20228aa040402625a0001ba9e0201909e02041dcd6500041954fc400405f5e1000400"
                    + "98968004047868c00402faf080000401c9c3800401c9c380030914940002012c02030902dc016274633a6269703132323a30"
                    + "303030303030303030313964363638396330383561653136353833316539333a616261626162616261626162616261626162"
                    + "616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261623a300001"
                    + "0506425443018080daaca7a9d0050180a8b0e6aea9d005042a6c6f616e2d312f64697362757273656d656e742f31031e8480"
                    + "021a6c6f616e2d312f63616c6c2f3180c08cfae2a9d00580c0c7d7e6aed00580ccd4f5e8aed005011a6c6f616e2d312f6361"
                    + "73652f32010004040a6e49c00408f0d18004047868c00309162c0201980217070164021455030171e70004030c1b710180c0"
                    + "c7d7e6aed005021a6c6f616e2d312f636173652f310400989680030135f10132020a7061792d310164021455030171e700a4"
                    + "9e020102206c6f616e2d312f72656c656173652f31000201010206555344020203e702040202020123456789abcdefffffff"
                    + "fffffffffe80c08cfae2a9d005";

    /** Written once by version 2 of the format and never again. */
    static final String GOLDEN_VERSION_TWO =
            "020102030405060708abababababababababababababababababababababababababababababababab0c6c6f616e2d3122"
                    + "03be14626f72726f7765722d310e6274632d32346800024e20065553440642544380d883f39fa9d0050e6274632d323468"
                    + "0606425443031e8480031d129901ff0204e20228aa040402625a0001ba9e0201909e02041dcd6500041954fc400405f5e1"
                    + "00040098968004047868c00402faf080000401c9c3800401c9c380030914940002012c02030902dc016274633a62697031"
                    + "32323a30303030303030303030313964363638396330383561653136353833316539333a61626162616261626162616261"
                    + "62616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162"
                    + "61623a3000010506425443018080daaca7a9d0050180a8b0e6aea9d005042a6c6f616e2d312f64697362757273656d656e"
                    + "742f31031e8480021a6c6f616e2d312f63616c6c2f3180c08cfae2a9d00580c0c7d7e6aed00580ccd4f5e8aed005011a6c"
                    + "6f616e2d312f636173652f32010004040a6e49c00408f0d18004047868c00309162c0201980217070164021455030171e7"
                    + "0004030c1b710180c0c7d7e6aed005030186a002031901010680e4f4fde2a9d005021a6c6f616e2d312f636173652f3104"
                    + "00989680030135f10132030186a00203190101020a7061792d310164021455030171e700a49e020102206c6f616e2d312f"
                    + "72656c656173652f31000201010206555344020203e702040202020123456789abcdeffffffffffffffffe80c08cfae2a9"
                    + "d005";

    /** Written once by version 3 of the format and never again. */
    static final String GOLDEN_VERSION_THREE =
            "030102030405060708abababababababababababababababababababababababababababababababab0c6c6f616e2d3122"
                    + "833e14626f72726f7765722d310e6274632d32346800024e20065553440642544380d883f39fa9d0050e6274632d323468"
                    + "0606425443031e8480031d129901ff0204e20228aa040402625a0001ba9e0201909e02041dcd6500041954fc400405f5e1"
                    + "00040098968004047868c00402faf080000401c9c3800401c9c380030914940002012c02030902dc016274633a62697031"
                    + "32323a30303030303030303030313964363638396330383561653136353833316539333a61626162616261626162616261"
                    + "62616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162"
                    + "61623a3000010506425443018080daaca7a9d0050180a8b0e6aea9d005042a6c6f616e2d312f64697362757273656d656e"
                    + "742f31031e8480021a6c6f616e2d312f63616c6c2f3180c08cfae2a9d00580c0c7d7e6aed00580ccd4f5e8aed005011a6c"
                    + "6f616e2d312f636173652f32010004040a6e49c00408f0d18004047868c00309162c0201980217070164021455030171e7"
                    + "0004030c1b710180c0c7d7e6aed005000000021a6c6f616e2d312f636173652f310400989680030135f10132000000020a"
                    + "7061792d310164021455030171e700a49e020102206c6f616e2d312f72656c656173652f31000201010406555344020203"
                    + "e7064254430804017d784002040202020123456789abcdeffffffffffffffffe80c08cfae2a9d0050180edeefee2a9d005"
                    + "02ba9e021004017d784002ba9e02040309149402000642544310041a862940040201a480f6e8ffe2a9d0051004017d7840";

    /** As version 4 of the format writes. */
    static final String GOLDEN_VERSION_FOUR =
            "040102030405060708abababababababababababababababababababababababababababababababab0c6c6f616e2d3"
                    + "122837c14626f72726f7765722d310e6274632d32346800024e20065553440642544380d883f39fa9d0050e6274632d3"
                    + "234680606425443031e8480031d129901ff0204e20228aa040402625a0001ba9e0201909e02041dcd6500041954fc400"
                    + "405f5e100040098968004047868c00402faf080000401c9c3800401c9c380030914940002012c02030902dc016274633"
                    + "a6269703132323a30303030303030303030313964363638396330383561653136353833316539333a616261626162616"
                    + "261626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162616"
                    + "261626162616261623a3000010506425443018080daaca7a9d0050180a8b0e6aea9d005042a6c6f616e2d312f6469736"
                    + "2757273656d656e742f31031e8480021a6c6f616e2d312f63616c6c2f3180c08cfae2a9d00580c0c7d7e6aed00580ccd"
                    + "4f5e8aed005030200001a6c6f616e2d312f636173652f32010004040a6e49c00408f0d18004047868c00309162c02019"
                    + "80217070164021455030171e70004030c1b710180c0c7d7e6aed005000000000002021a6c6f616e2d312f636173652f3"
                    + "10400989680030135f10132000000020a7061792d310164021455030171e700a49e020102206c6f616e2d312f72656c6"
                    + "56173652f31000201010406555344020203e7064254430804017d784002040202020123456789abcdeffffffffffffff"
                    + "ffe80c08cfae2a9d0050180edeefee2a9d00502ba9e021004017d784002ba9e02040309149402000642544310041a862"
                    + "940040201a480f6e8ffe2a9d0051004017d7840";

    private SampleLoan() {}

    static Money money(String amount) {
        return Money.of(amount, USD);
    }

    static Quantity coin(String amount) {
        return Quantity.of(amount, BTC);
    }

    /** As version 1 of the format could tell it. */
    static Loan inLiquidation() {
        return inLiquidation(null, new Overfill(coin("0"), money("0"), money("0")), List.of(), Reconciliation.NONE);
    }

    /** With all that version 2 added. */
    static Loan inLiquidationAfterDeclines() {
        return inLiquidation(
                new BackOff(3, Instant.parse("2020-03-12T12:00:04Z")),
                new Overfill(coin("0.00100000"), money("7.93"), money("0.01")),
                List.of(),
                Reconciliation.NONE);
    }

    /** With all that version 3 added: the desk gave 0.25 BTC back for no bust. */
    static Loan reconciled() {
        return inLiquidation(
                null,
                new Overfill(coin("0"), money("0"), money("0")),
                List.of(Money.of("0.25", BTC)),
                new Reconciliation(
                        Instant.parse("2020-03-12T12:00:05Z"),
                        new Unsettled(List.of(
                                new Unsettled.Sale(LocalDate.parse("2020-03-12"), new BigDecimal("0.25000000")))),
                        new Unsettled(
                                List.of(new Unsettled.Sale(LocalDate.parse("2020-03-12"), new BigDecimal("5950.92")))),
                        List.of(new Difference(
                                DifferenceKind.HELD,
                                "BTC",
                                new BigDecimal("4.45000000"),
                                new BigDecimal("4.20"),
                                Instant.parse("2020-03-12T12:00:06Z"))),
                        new BigDecimal("0.25000000")));
    }

    private static Loan inLiquidation(
            @Nullable BackOff backOff, Overfill overfill, List<Money> coinApart, Reconciliation reconciliation) {
        Instant noon = Instant.parse("2020-03-12T12:00:00Z");
        Allocation paid = new Allocation(money("1.00"), money("52.05"), money("946.95"), money("0.00"));
        return new Loan(
                "loan-1",
                17,
                LoanStatus.ACTIVE,
                false,
                null,
                new Application(
                        "borrower-1", "btc-24h", new BigDecimal("20000"), "USD", "BTC", noon.minusSeconds(9_000)),
                new Agreement(TERMS, money("20000.00"), BTC),
                new Position(
                        new Debt(
                                money("19053.05"),
                                money("-0.01"),
                                money("12.50"),
                                money("104.10"),
                                new BigDecimal("400000.00"),
                                LocalDate.parse("2020-03-12"),
                                LocalDate.parse("2020-02-20")),
                        new Collateral(
                                coin("5.00000000"),
                                coin("4.25000000"),
                                coin("1.00000000"),
                                coin("0.10000000"),
                                coin("0.75000000"),
                                coin("0.50000000"),
                                coin("0.00000000"),
                                coin("0.30000000"),
                                coin("0.30000000")),
                        new Settlement(money("5950.92"), money("0.00"), money("3.00"), money("7.77"))),
                List.of(new Pledge(
                        "btc:bip122:000000000019d6689c085ae165831e93:" + "ab".repeat(32) + ":0",
                        new BigDecimal("5"),
                        "BTC",
                        noon.minusSeconds(8_000),
                        noon.minusSeconds(7_000),
                        Pledge.Stage.CREDITED)),
                new Disbursement("loan-1/disbursement/1", money("20000.00"), Disbursement.Stage.CONFIRMED),
                new MarginCall(
                        "loan-1/call/1",
                        1,
                        noon,
                        noon.plusSeconds(86_400),
                        noon.plusSeconds(86_700),
                        MarginCall.Stage.EXPIRED,
                        null,
                        null),
                new LiquidationCase(
                        "loan-1/case/2",
                        CaseReason.CALL_EXPIRED,
                        SaleMode.PARTIAL,
                        2,
                        coin("1.75000000"),
                        coin("1.50000000"),
                        coin("0.75000000"),
                        money("5955.00"),
                        money("4.08"),
                        money("58.95"),
                        paid,
                        new BigDecimal("7934.57"),
                        noon.plusSeconds(86_400),
                        overfill,
                        money("0.00"),
                        false,
                        1),
                backOff,
                List.of(new ClosedCase("loan-1/case/1", coin("0.10000000"), money("793.45"), money("0.50"), overfill)),
                List.of(new Payment("pay-1", paid, LocalDate.parse("2020-03-01"), true)),
                List.of(new Instruction(
                        "loan-1/release/1", Instruction.Kind.RELEASE_COLLATERAL, new BigDecimal("0.1"))),
                Stream.concat(Stream.of(money("9.99")), coinApart.stream()).toList(),
                new Counters(1, 2, 1, 1),
                new LoanMemory(List.of(new SeenFact(0x0123456789abcdefL, -2L, noon))),
                reconciliation,
                null,
                Servicing.NONE,
                0,
                Draws.NONE);
    }
}
