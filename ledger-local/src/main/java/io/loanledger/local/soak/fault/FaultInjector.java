package io.loanledger.local.soak.fault;

import io.loanledger.local.soak.stack.ServiceKind;
import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.soak.world.SoakWorld;

/** Begins a planned fault. For one thread. */
final class FaultInjector {

    private final ServiceFaults services;
    private final StateFaults states;
    private final BrokerFaults brokers;
    private final WireFaults wires;
    private final InputFaults inputs;

    FaultInjector(SoakStack stack, SoakWorld world) {
        this.services = new ServiceFaults(stack);
        this.states = new StateFaults(stack);
        this.brokers = new BrokerFaults(stack);
        this.wires = new WireFaults(stack);
        this.inputs = new InputFaults(world);
    }

    /** @throws RunningFault.Skipped when it cannot be done on this machine or with these instances */
    RunningFault begin(PlannedFault fault) throws InterruptedException {
        return switch (fault.kind()) {
            case LEDGER_KILLED -> services.kill(ServiceKind.LEDGER, fault);
            case LEDGER_LOST -> services.lose(ServiceKind.LEDGER, fault);
            case LEDGER_FROZEN -> services.freeze(ServiceKind.LEDGER, fault);
            case LIQUIDATION_KILLED -> services.kill(ServiceKind.LIQUIDATION, fault);
            case LIQUIDATION_LOST -> services.lose(ServiceKind.LIQUIDATION, fault);
            case LIQUIDATION_FROZEN -> services.freeze(ServiceKind.LIQUIDATION, fault);
            case INGEST_KILLED -> services.killIngest(fault);
            case INGEST_FROZEN -> services.freezeIngest();
            case INGEST_RIVAL -> services.startRival();
            case REBALANCE -> services.joinAndLeave(fault);
            case STATE_DELETED -> states.delete(ServiceKind.LEDGER, fault);
            case BOOK_DELETED -> states.delete(ServiceKind.LIQUIDATION, fault);
            case BIT_FLIPPED -> states.flipBit(fault);
            case DISK_FULL -> states.fillDisk(fault);
            case BROKER_KILLED -> brokers.kill(fault);
            case MAJORITY_LOST -> brokers.killTwo(fault);
            case COORDINATORS_MOVED -> brokers.moveCoordinators();
            case REGISTRY_DOWN -> wires.stopRegistry();
            case NETWORK_CUT -> wires.cut();
            case NETWORK_SLOW -> wires.slow();
            case NETWORK_RESET -> wires.reset();
            case INPUT_REPEATED -> inputs.repeat();
            case INPUT_REORDERED -> inputs.reorder();
            case INPUT_ASTRAY -> inputs.sendAstray();
            case TICK_FLOOD -> inputs.flood();
            case POISON -> inputs.poison(fault);
        };
    }
}
