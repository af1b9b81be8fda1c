package io.loanledger.liquidation;

import io.loanledger.core.liquidation.BlockEntry;
import io.loanledger.core.liquidation.BookEffect;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.money.Asset;
import io.loanledger.events.Allocation;
import io.loanledger.events.AmendAck;
import io.loanledger.events.BlockFormed;
import io.loanledger.events.BlockMember;
import io.loanledger.events.ExecutionRecord;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.OrdType;
import io.loanledger.events.OrderCancel;
import io.loanledger.events.OrderStatusRequest;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.TimeInForce;
import java.time.Instant;
import java.util.List;

/** Makes records of the contract out of a book's effects. Amounts are written plain, at their asset's scale. */
final class WireWriter {
    /** The protocol allows a case several legs, one for each collateral asset; today's cases have one. */
    private static final int FIRST_LEG = 0;

    private WireWriter() {}

    static LiquidationDeclined declined(BookEffect.DeclineCase decline, Instant now) {
        return LiquidationDeclined.newBuilder()
                .setCaseId(decline.caseId())
                .setLoanId(decline.loanId())
                .setVersion(decline.version())
                .setReason(decline.reason().name())
                .setIndexEpoch(decline.indexEpoch())
                .setIndexSequence(decline.indexSequence())
                .setDeclinedAt(now)
                .build();
    }

    static AmendAck acknowledged(BookEffect.AckAmend ack, Instant now) {
        return AmendAck.newBuilder()
                .setCaseId(ack.caseId())
                .setLoanId(ack.loanId())
                .setVersion(ack.version())
                .setIrrevocableQuantity(ack.irrevocable().amount().toPlainString())
                .setAckedAt(now)
                .build();
    }

    static LiquidationSettled settled(BookEffect.Settle settle, Instant now) {
        return LiquidationSettled.newBuilder()
                .setCaseId(settle.caseId())
                .setLoanId(settle.loanId())
                .setLeg(FIRST_LEG)
                .setVersion(settle.version())
                .setCumQuantity(settle.settlement().cumQty().amount().toPlainString())
                .setCumGross(settle.settlement().cumGross().amount().toPlainString())
                .setCumFees(settle.settlement().cumFees().amount().toPlainString())
                .setFinalSettlement(settle.settlement().complete())
                .setSettledAt(now)
                .build();
    }

    static SellOrder order(OrderEntry order, String market, Asset quote) {
        List<Allocation> allocations = order.allocations().stream()
                .map(part -> Allocation.newBuilder()
                        .setAllocAccount(part.caseId())
                        .setAllocQty(part.quantity().amount().toPlainString())
                        .build())
                .toList();
        return SellOrder.newBuilder()
                .setClOrdId(order.orderId())
                .setSymbol(market)
                .setSide(Side.SELL)
                .setOrderQty(order.quantity().amount().toPlainString())
                .setOrdType(OrdType.LIMIT)
                .setPrice(order.limit().toPlainString())
                .setCurrency(quote.code())
                .setTimeInForce(TimeInForce.GOOD_TILL_DATE)
                .setExpireTime(order.expireAt())
                .setTransactTime(order.placedAt())
                .setAllocations(allocations)
                .setBlockId(order.blockId())
                .setAttempt(order.attempt())
                .setSlice(order.slice())
                .setIndexEpoch(order.epoch())
                .setIndexSequence(order.sequence())
                .build();
    }

    static OrderCancel cancel(BookEffect.CancelOrder cancel, String market, Instant now) {
        return OrderCancel.newBuilder()
                .setOrigClOrdId(cancel.order().orderId())
                .setClOrdId(cancel.cancelId())
                .setSymbol(market)
                .setSide(Side.SELL)
                .setOrderQty(cancel.order().quantity().amount().toPlainString())
                .setTransactTime(now)
                .setReason(cancel.reason())
                .build();
    }

    static OrderStatusRequest question(BookEffect.AskStatus ask, String market, Instant now) {
        return OrderStatusRequest.newBuilder()
                .setClOrdId(ask.order().orderId())
                .setOrdStatusReqId(ask.requestId())
                .setSymbol(market)
                .setSide(Side.SELL)
                .setTransactTime(now)
                .build();
    }

    static BlockFormed formed(BookEffect.FormBlock formed, String market) {
        BlockEntry block = formed.block();
        List<BlockMember> members = block.members().stream()
                .map(member -> BlockMember.newBuilder()
                        .setCaseId(member.caseId())
                        .setLoanId(member.loanId())
                        .setQuantity(member.quantity().amount().toPlainString())
                        .build())
                .toList();
        return BlockFormed.newBuilder()
                .setBlockId(block.blockId())
                .setMarket(market)
                .setFormedAt(block.formedAt())
                .setTotalQuantity(block.totalQuantity().amount().toPlainString())
                .setMembers(members)
                .setFloorPrice(formed.floor().toPlainString())
                .setIndexEpoch(formed.indexEpoch())
                .setIndexSequence(formed.indexSequence())
                .build();
    }

    static ExecutionRecord executed(BookEffect.ExecutionTask task, String market) {
        return ExecutionRecord.newBuilder()
                .setTaskId(task.taskId())
                .setCaseId(task.caseId())
                .setMarket(market)
                .setBlockId(task.blockId())
                .setQueuedAt(task.queuedAt())
                .setStartedAt(task.startedAt())
                .setEndedAt(task.endedAt())
                .setResources(task.resources())
                .setDependencies(task.dependencies())
                .setEstimatedCompletion(task.estimatedCompletion())
                .setOutcome(task.outcome())
                .build();
    }
}
